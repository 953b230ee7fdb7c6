package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.FrameSerializer;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.TestingModels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
final class EncodeFramesTest {

    private static final long TIMEOUT_MS = 1_000;

    private static OneInputStreamOperatorTestHarness<Frame, EncodeResult> harness(
            ControlledModels models, int capacity) throws Exception {
        EncodeFrames function =
                new EncodeFrames(
                        models,
                        new BatchOptions(2, Duration.ofMillis(1), 1),
                        EncodePolicy.encodeAll(),
                        8);
        return new OneInputStreamOperatorTestHarness<>(
                new AsyncWaitOperatorFactory<>(function, TIMEOUT_MS, capacity, OutputMode.ORDERED),
                new FrameSerializer());
    }

    private static List<Long> sequences(
            OneInputStreamOperatorTestHarness<Frame, EncodeResult> harness) {
        return harness.extractOutputValues().stream()
                .map(
                        result ->
                                result instanceof FrameEmbedding embedding
                                        ? embedding.sequence()
                                        : ((FailedFrame) result).sequence())
                .toList();
    }

    @Test
    void framesInFlightAreInTheSnapshotAndComeOutAfterARestore() throws Exception {
        ControlledModels models = new ControlledModels("restore");
        OperatorSubtaskState snapshot;
        try (OneInputStreamOperatorTestHarness<Frame, EncodeResult> harness = harness(models, 8)) {
            harness.open();
            Semaphore permits = models.last().hold();
            for (int i = 0; i < 5; i++) {
                harness.processElement(TestingModels.frame("cam", i, "dog"), i);
            }
            snapshot = harness.snapshot(1, 1);
            assertThat(harness.extractOutputValues()).isEmpty();
            permits.release(100);
        }
        assertThat(models.last().closedCount()).isEqualTo(1);

        try (OneInputStreamOperatorTestHarness<Frame, EncodeResult> harness = harness(models, 8)) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(TestingModels.frame("cam", 5, "dog"), 5);
            harness.endInput();

            assertThat(sequences(harness)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        }
        assertThat(models.opened()).hasSize(2).allMatch(model -> model.closedCount() == 1);
    }

    @Test
    void aFullQueueHoldsTheTaskBack() throws Exception {
        ControlledModels models = new ControlledModels("capacity");
        try (OneInputStreamOperatorTestHarness<Frame, EncodeResult> harness = harness(models, 2)) {
            harness.open();
            Semaphore permits = models.last().hold();
            harness.processElement(TestingModels.frame("cam", 0, "dog"), 0);
            harness.processElement(TestingModels.frame("cam", 1, "dog"), 1);
            await().until(permits::hasQueuedThreads);
            CompletableFuture<Boolean> heldUntilReleased =
                    CompletableFuture.supplyAsync(
                            () -> {
                                boolean empty = harness.getOutput().isEmpty();
                                permits.release(100);
                                return empty;
                            });
            harness.processElement(TestingModels.frame("cam", 2, "dog"), 2);

            assertThat(heldUntilReleased.get()).isTrue();
            assertThat(sequences(harness)).isNotEmpty();
            harness.endInput();
            assertThat(sequences(harness)).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void aTimeoutIsAFailedFrameAndTheLateResultIsIgnored() throws Exception {
        ControlledModels models = new ControlledModels("timeout");
        try (OneInputStreamOperatorTestHarness<Frame, EncodeResult> harness = harness(models, 4)) {
            harness.open();
            Semaphore permits = models.last().hold();
            harness.processElement(TestingModels.frame("cam", 0, "dog"), 0);
            await().until(permits::hasQueuedThreads);

            harness.setProcessingTime(TIMEOUT_MS + 1);
            permits.release(100);
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            result -> {
                                FailedFrame failed = (FailedFrame) result;
                                assertThat(failed.reason()).isEqualTo(FailureReason.TIMEOUT);
                                assertThat(failed.bytes()).isEqualTo("dog".getBytes());
                            });
        }
    }

    @Test
    void bytesOfAFailedFrameAreKeptOnlyWhereTheyAreFew() throws Exception {
        ControlledModels models = new ControlledModels("bytes");
        try (OneInputStreamOperatorTestHarness<Frame, EncodeResult> harness = harness(models, 4)) {
            harness.open();
            models.last().fail(new IllegalStateException("no"));
            harness.processElement(TestingModels.frame("cam", 0, "12345678"), 0);
            harness.processElement(TestingModels.frame("cam", 1, "123456789"), 0);
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .extracting(result -> ((FailedFrame) result).bytes() != null)
                    .containsExactly(true, false);
        }
    }
}
