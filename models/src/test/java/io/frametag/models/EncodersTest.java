package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class EncodersTest {

    private static final EncoderOptions OPTIONS = EncoderOptions.defaults().withIntraOpThreads(1);

    private static ModelFolder model;

    @BeforeAll
    static void importModel(@TempDir Path folder) throws Exception {
        model = TestingModels.create(folder);
    }

    private static ImageBatch noise(ImageEncoder encoder, int pictures) {
        ImageBatch batch = encoder.newBatch(pictures);
        Random random = new Random(5);
        for (int i = 0; i < pictures; i++) {
            FloatBuffer slot = batch.slot(i);
            while (slot.hasRemaining()) {
                slot.put(random.nextFloat());
            }
        }
        return batch;
    }

    @Test
    void aBatchGivesWhatItsPicturesGiveAlone() throws Exception {
        try (ImageEncoder encoder = ImageEncoder.open(model, OPTIONS)) {
            ImageBatch batch = noise(encoder, 3);
            float[][] together = encoder.encode(batch, 3);
            ImageBatch one = encoder.newBatch(1);
            for (int i = 0; i < 3; i++) {
                one.slot(0).put(batch.slot(i));
                assertClose(encoder.encode(one, 1)[0], together[i]);
            }
            assertThat(together[0]).isNotEqualTo(together[1]);
            assertThat(encoder.encode(batch, 2)).hasDimensions(2, TestingModels.EMBEDDING_SIZE);
        }
    }

    @Test
    void embeddingsHaveUnitLength() throws Exception {
        try (ImageEncoder images = ImageEncoder.open(model, OPTIONS);
                TextEncoder texts = TextEncoder.open(model, OPTIONS)) {
            assertThat(length(images.encode(noise(images, 1), 1)[0])).isCloseTo(1, within(1e-6));
            assertThat(length(texts.encode(List.of("a dog"))[0])).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void textsAreEncodedInOrderWhateverTheirNumber() throws Exception {
        try (TextEncoder encoder = TextEncoder.open(model, OPTIONS)) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 70; i++) {
                texts.add("text number " + i);
            }
            float[][] together = encoder.encode(texts);
            assertThat(together).hasDimensions(70, TestingModels.EMBEDDING_SIZE);
            for (int i : new int[] {0, 31, 32, 69}) {
                assertClose(encoder.encode(List.of(texts.get(i)))[0], together[i]);
            }
            assertThat(encoder.encode(List.of())).isEmpty();
        }
    }

    @Test
    void manyThreadsShareAnEncoder() throws Exception {
        try (ImageEncoder encoder = ImageEncoder.open(model, OPTIONS)) {
            float[] expected = encoder.encode(noise(encoder, 2), 2)[1];
            ExecutorService threads = Executors.newFixedThreadPool(6);
            try {
                List<Future<float[]>> results = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    results.add(threads.submit(() -> encoder.encode(noise(encoder, 2), 2)[1]));
                }
                for (Future<float[]> result : results) {
                    assertClose(result.get(60, TimeUnit.SECONDS), expected);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** The native session crashes the process where a run and a close meet unguarded. */
    @Test
    void closeDuringRunsLetsThemEnd() throws Exception {
        for (int round = 0; round < 20; round++) {
            ImageEncoder encoder = ImageEncoder.open(model, OPTIONS);
            CountDownLatch started = new CountDownLatch(4);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<String>> ends = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    ends.add(threads.submit(() -> runUntilClosed(encoder, started)));
                }
                assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
                encoder.close();
                for (Future<String> end : ends) {
                    assertThat(end.get(30, TimeUnit.SECONDS)).contains("is closed");
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static String runUntilClosed(ImageEncoder encoder, CountDownLatch started)
            throws ModelException {
        ImageBatch batch = noise(encoder, 2);
        try {
            while (true) {
                encoder.encode(batch, 2);
                started.countDown();
            }
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aCloseThatIsOutOfPatienceDoesNotFreeWhatRuns() throws Exception {
        ImageEncoder encoder =
                ImageEncoder.open(model, OPTIONS.withCloseTimeout(Duration.ofNanos(1)));
        CountDownLatch started = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<String> end = threads.submit(() -> endOfRuns(encoder, started));
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
            encoder.close();
            assertThat(end.get(30, TimeUnit.SECONDS)).isNotEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static String endOfRuns(ImageEncoder encoder, CountDownLatch started) {
        try {
            return runUntilClosed(encoder, started);
        } catch (ModelException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aClosedEncoderRefusesWorkAndCloses() throws Exception {
        ImageEncoder images = ImageEncoder.open(model, OPTIONS);
        ImageBatch batch = images.newBatch(1);
        images.close();
        images.close();
        assertThatThrownBy(() -> images.encode(batch, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("image encoder of tiny@")
                .hasMessageContaining("is closed");
        TextEncoder texts = TextEncoder.open(model, OPTIONS);
        texts.close();
        texts.close();
        assertThatThrownBy(() -> texts.encode(List.of("a")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void warmUpRunsEachSize() throws Exception {
        try (ImageEncoder encoder = ImageEncoder.open(model, OPTIONS)) {
            encoder.warmUp(1, 4, 2);
            encoder.warmUp();
            assertThatThrownBy(() -> encoder.warmUp(0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void boundsOfABatchAreNamed() throws Exception {
        try (ImageEncoder encoder = ImageEncoder.open(model, OPTIONS)) {
            ImageBatch batch = encoder.newBatch(2);
            assertThat(batch.slot(1).remaining()).isEqualTo(3 * 64 * 32);
            assertThat(batch.slot(1).isDirect()).isTrue();
            assertThatThrownBy(() -> encoder.encode(batch, 3))
                    .hasMessage("count (3) must be from 1 to 2");
            assertThatThrownBy(() -> encoder.newBatch(1_000_000))
                    .hasMessageContaining("batch capacity (1000000) must be from 1 to 87381");
            assertThatThrownBy(() -> batch.slot(2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void anEmbeddingWithoutADirectionIsAnError() throws Exception {
        try (ImageEncoder encoder = ImageEncoder.open(model, OPTIONS)) {
            ImageBatch batch = encoder.newBatch(1);
            batch.slot(0).put(0, Float.NaN);
            assertThatThrownBy(() -> encoder.encode(batch, 1))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("without a direction");
        }
    }

    @Test
    void optionsNameTheirBounds() {
        assertThatThrownBy(() -> OPTIONS.withIntraOpThreads(0))
                .hasMessage("intraOpThreads (0) must be >= 1");
        assertThatThrownBy(() -> OPTIONS.withCloseTimeout(Duration.ZERO))
                .hasMessage("closeTimeout (PT0S) must be > 0");
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).containsExactly(expected, within(1e-5f));
    }

    private static double length(float[] embedding) {
        double squares = 0;
        for (float v : embedding) {
            squares += (double) v * v;
        }
        return Math.sqrt(squares);
    }
}
