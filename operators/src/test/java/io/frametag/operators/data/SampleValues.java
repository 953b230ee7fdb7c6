package io.frametag.operators.data;

import io.frametag.models.ModelId;
import io.frametag.models.picture.PictureCodec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One value of each data type with every field filled, and one with every optional one left out.
 */
final class SampleValues {

    private static final ModelId MODEL = new ModelId("nano", "0123456789ab");

    private SampleValues() {}

    private static Frame frame() {
        return new Frame(
                "cam-ü",
                7,
                1_234,
                5_678,
                PictureCodec.PNG,
                new byte[] {1, 2, 3},
                null,
                Map.of("kafka.offset", "12", "a", "b"));
    }

    private static StreamReport report() {
        return new StreamReport(
                "cam",
                9,
                StreamState.DOWN,
                3,
                Map.of("stale", 4L, "queue", 1L),
                Map.of("corrupt", 5L),
                "gone");
    }

    private static FrameEmbedding embedding() {
        return new FrameEmbedding("cam", 7, 1_234, 5_678, MODEL, new float[] {0.6f, -0.8f});
    }

    private static StreamReport reportOfReasons() {
        return new StreamReport(
                "cam",
                9,
                StreamState.UP,
                Map.of(SampledOut.RATE, 3L, SampledOut.MOTION, 2L),
                Map.of("superseded", 4L),
                Map.of(),
                null);
    }

    private static FrameEmbedding reused() {
        return new FrameEmbedding("cam", 8, 1_274, 5_718, MODEL, new float[] {0.6f, -0.8f}, true);
    }

    private static DroppedFrame dropped() {
        return new DroppedFrame("cam", 7, 1_234, "stale");
    }

    private static SampledOutFrame sampledOut() {
        return new SampledOutFrame("cam", 7, 1_234, SampledOut.MOTION);
    }

    private static FailedFrame failed() {
        return new FailedFrame("cam", 7, 1_234, "corrupt", "no picture in it", new byte[] {9});
    }

    private static Prompt prompt() {
        return new Prompt(
                "dog",
                "Dog",
                List.of("a dog", "a puppy"),
                List.of("a photo of {}"),
                List.of("a cat"),
                "animals",
                0.25,
                Set.of("yard", "street", "door"));
    }

    /** File name of the golden bytes to value. */
    static Map<String, Object> all() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", frame());
        values.put("frame-bare", Frame.compressed("s", 0, 0, 0, null, new byte[0]));
        values.put("frame-live", frame().withDelivery(Delivery.freshest(Duration.ofMillis(500))));
        values.put("frame-live-bare", frame().withDelivery(Delivery.freshest()));
        values.put("stream-report", report());
        values.put("stream-report-reasons", reportOfReasons());
        values.put(
                "stream-report-bare",
                new StreamReport("s", 0, StreamState.UP, 0, Map.of(), Map.of(), null));
        values.put("frame-embedding", embedding());
        values.put("frame-embedding-reused", reused());
        values.put("dropped-frame", dropped());
        values.put("sampled-out-frame", sampledOut());
        values.put("failed-frame", failed());
        values.put("failed-frame-bare", new FailedFrame("s", 0, 0, "timeout", "", null));
        values.put("failed-prompt", new FailedPrompt("dog", 3, "too-many", "10000 are there"));
        values.put("prompt", prompt());
        values.put("prompt-bare", Prompt.of("dog", "a dog"));
        values.put("prompt-change-put", PromptChange.put(3, prompt()));
        values.put("prompt-change-delete", PromptChange.delete("dog", 4));
        values.put("prompt-change-end", PromptChange.snapshotEnd());
        values.put("tag", new Tag("dog", 3, "Dog", 0.3, 0.9));
        values.put(
                "frame-tags",
                new FrameTags("cam", 7, 1_234, MODEL, 12, List.of(new Tag("d", 3, "D", 0.3, 0.9))));
        values.put("frame-tags-bare", new FrameTags("cam", 7, 1_234, MODEL, 0, List.of()));
        values.put(
                "stream-status",
                new StreamStatus(
                        "cam",
                        9,
                        StreamState.ENDED,
                        20,
                        10,
                        3,
                        Map.of("stale", 4L),
                        Map.of("corrupt", 1L),
                        2,
                        1_234L,
                        "gone"));
        values.put(
                "stream-status-bare",
                new StreamStatus(
                        "s",
                        0,
                        StreamState.CONNECTING,
                        0,
                        0,
                        0,
                        Map.of(),
                        Map.of(),
                        0,
                        null,
                        null));
        values.put(
                "stream-status-reasons",
                new StreamStatus(
                        "cam",
                        9,
                        StreamState.UP,
                        20,
                        10,
                        6,
                        Map.of(SampledOut.MOTION, 4L, SampledOut.KEYFRAME, 3L),
                        Map.of("stale", 2L),
                        Map.of("corrupt", 1L),
                        0,
                        1_234L,
                        null));
        return values;
    }

    /** Values of the union types, by their union. */
    static Map<Object, Class<?>> unions() {
        return Map.of(
                frame(), StreamItem.class,
                report(), StreamItem.class,
                embedding(), EncodeResult.class,
                failed(), EncodeResult.class,
                reused(), EncodeResult.class,
                dropped(), EncodeResult.class,
                sampledOut(), EncodeResult.class);
    }
}
