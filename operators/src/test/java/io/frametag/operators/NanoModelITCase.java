package io.frametag.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.models.picture.JpegEncoder;
import io.frametag.models.picture.Picture;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.model.EncoderSettings;
import io.frametag.operators.model.StoredModels;
import io.frametag.operators.model.TextModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@link FrameTagger} with real pictures and the model that travels in the jar. */
@Timeout(300)
final class NanoModelITCase {

    private static final String STORE = "frametag.models";

    @TempDir private Path store;
    private @Nullable String storeBefore;

    @BeforeEach
    void setStore() {
        storeBefore = System.setProperty(STORE, store.toString());
    }

    @AfterEach
    void resetStore() {
        if (storeBefore == null) {
            System.clearProperty(STORE);
        } else {
            System.setProperty(STORE, storeBefore);
        }
    }

    @Test
    @SuppressWarnings("try") // closing an iterator may be interrupted
    void compressedAndDecodedFramesAreTaggedAndBadOnesFailAlone() throws Exception {
        assumeTrue(
                ModelStore.class.getResource("nano/nano.safetensors") != null,
                "the weights of the nano model are not in the models jar");
        ModelFolder nano = open();
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, config);
        TaggedStreams tagged =
                FrameTagger.builder()
                        .model("nano")
                        .threshold(0)
                        .thresholdAlone(0)
                        .build()
                        .tag(
                                env.fromData(frames(), TypeInformation.of(StreamItem.class)),
                                env.fromData(
                                        PromptChange.put(1, Prompt.of("dog", "a dog")),
                                        PromptChange.put(2, Prompt.of("fire", "a fire")),
                                        PromptChange.snapshotEnd()));

        List<FrameTags> all = new ArrayList<>();
        List<StreamStatus> status = new ArrayList<>();
        try (CloseableIterator<FrameTags> tags = tagged.tags().collectAsync();
                CloseableIterator<StreamStatus> states = tagged.status().collectAsync()) {
            env.executeAsync("nano");
            tags.forEachRemaining(all::add);
            states.forEachRemaining(status::add);
        }

        assertThat(all).hasSize(40).allMatch(tags -> tags.model().equals(nano.id()));
        assertThat(all).allSatisfy(tags -> assertThat(tags.tags()).hasSize(2));
        assertThat(all)
                .flatExtracting(FrameTags::tags)
                .allSatisfy(
                        tag -> {
                            assertThat(tag.score()).isBetween(-1.0, 1.0);
                            assertThat(tag.probability()).isBetween(0.0, 1.0);
                        });
        StreamStatus last = status.get(status.size() - 1);
        assertThat(last.in()).isEqualTo(42);
        assertThat(last.tagged()).isEqualTo(40);
        assertThat(last.failed()).isEqualTo(Map.of("unsupported", 1L, "empty", 1L));
        assertThat(last.inFlight()).isZero();
    }

    @Test
    void aTextEncoderThatRestedIsOpenedAgainByTheNextText() throws Exception {
        assumeTrue(
                ModelStore.class.getResource("nano/nano.safetensors") != null,
                "the weights of the nano model are not in the models jar");
        TextModel model =
                new StoredModels(open().path().toString(), false, EncoderSettings.DEFAULT)
                        .openTextModel();
        float[][] before = model.encode(List.of("a dog", "a fire"));

        model.rest();
        model.rest();

        assertThat(model.encode(List.of("a dog", "a fire"))).isDeepEqualTo(before);
        model.close();
        model.rest();
        model.close();
        assertThatThrownBy(() -> model.encode(List.of("a dog")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    private static ModelFolder open() throws ModelException {
        return ModelStore.atDefaultLocation().open("nano");
    }

    private static List<StreamItem> frames() {
        List<StreamItem> frames = new ArrayList<>();
        try (JpegEncoder encoder = new JpegEncoder()) {
            for (int i = 0; i < 40; i++) {
                Picture picture = picture(i);
                frames.add(
                        i % 2 == 0
                                ? Frame.decoded("cam", i, i * 40, i * 40, picture)
                                : Frame.compressed(
                                        "cam", i, i * 40, i * 40, null, encoder.encode(picture)));
            }
        }
        byte[] text = "this is no picture".getBytes(StandardCharsets.UTF_8);
        frames.add(Frame.compressed("cam", 40, 1_600, 1_600, null, text));
        frames.add(Frame.compressed("cam", 41, 1_640, 1_640, null, new byte[0]));
        return frames;
    }

    private static Picture picture(int seed) {
        byte[] rgb = new byte[3 * 320 * 180];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i / 960 + seed * 5) & 0xFF);
        }
        return new Picture(320, 180, rgb);
    }
}
