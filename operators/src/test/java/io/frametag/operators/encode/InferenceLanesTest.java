package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.models.ModelException;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.TestingImageModel;
import io.frametag.operators.model.TestingModels;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InferenceLanesTest {

    private static final int LANES = 2;
    private static final BatchOptions OPTIONS = new BatchOptions(4, Duration.ofMillis(10), 2);

    private final ManualBatchClock clock = new ManualBatchClock();
    private final CollectingListener heard = new CollectingListener();
    private final PictureGates gates = new PictureGates(EncodePolicy.encodeAll());
    private EncoderService service;
    private TestingImageModel model;

    @BeforeEach
    void open(TestInfo test) throws ModelException {
        ControlledModels models = new ControlledModels("lanes " + test.getDisplayName(), LANES);
        service = EncoderService.open(models, OPTIONS, clock);
        model = models.last();
        await().until(() -> service.idleLanes() == LANES);
    }

    @AfterEach
    void close() {
        service.close();
        assertThat(model.closedCount()).isEqualTo(1);
        assertThat(model.openReaders()).isZero();
    }

    private void submit(int from, int count) {
        for (int i = from; i < from + count; i++) {
            service.submit(new EncodeRequest(TestingModels.frame("cam", i, "dog"), gates, heard));
        }
    }

    private void awaitResults(int count) {
        await().until(() -> heard.results().size() == count);
    }

    @Test
    void idleLanesShareWhatIsThere() {
        submit(0, 4);
        await().until(() -> service.pendingCount() == 0);
        await().during(Duration.ofMillis(20)).until(() -> heard.results().isEmpty());

        clock.advanceMillis(11);

        awaitResults(4);
        assertThat(model.runs()).containsExactly(2, 2);
    }

    @Test
    void lanesRunAtOnceAndDecodingIsHeldBackBeyondOneMoreBatch() {
        Semaphore permits = model.hold();
        submit(0, 30);

        // 4 run in each lane, 4 are ready, 2 decoded pictures wait for a slot, 16 to be decoded.
        await().until(() -> permits.getQueueLength() == LANES);
        await().until(() -> service.pendingCount() == 16);
        await().during(Duration.ofMillis(50)).until(() -> service.pendingCount() == 16);
        permits.release(100);
        await().until(
                        () -> {
                            clock.advanceMillis(11);
                            return heard.results().size() == 30;
                        });
    }

    @Test
    void aLaneThatTakesLongHoldsNothingBackInTheOther() {
        Semaphore permits = model.hold();
        submit(0, 8);
        await().until(() -> permits.getQueueLength() == LANES);

        for (int round = 1; round <= 5; round++) {
            permits.release(1);
            awaitResults(4 * round);
            submit(8 * round, 4);
            await().until(() -> permits.getQueueLength() == LANES);
        }

        permits.release(2);
        awaitResults(28);
    }

    @Test
    void aRunThatFailsInOneLaneFailsItsOwnFramesAlone() {
        Semaphore permits = model.hold();
        submit(0, 8);
        await().until(() -> permits.getQueueLength() == LANES);
        model.fail(new IllegalStateException("no memory"));
        permits.release(1);
        awaitResults(4);
        model.fail(null);
        permits.release(1);
        awaitResults(8);

        assertThat(heard.results().subList(0, 4)).allMatch(FailedFrame.class::isInstance);
        assertThat(heard.results().subList(4, 8)).allMatch(FrameEmbedding.class::isInstance);
        await().until(() -> service.idleLanes() == LANES);
    }

    @Test
    void theLastLaneToEndClosesTheModel() {
        Semaphore permits = model.hold();
        submit(0, 8);
        await().until(() -> permits.getQueueLength() == LANES);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(service::close);
        await().until(() -> model.openReaders() == 0);

        permits.release(1);
        awaitResults(4);
        assertThat(model.closedCount()).as("closed during a run").isZero();
        permits.release(1);

        closing.join();
        assertThat(heard.results()).hasSize(8).allMatch(FrameEmbedding.class::isInstance);
    }

    @Test
    void aFailureIsToldAtOnceAndThenOnceAMinute() {
        FailureLog log = new FailureLog(clock);

        assertThat(log.failed()).isEqualTo(1);
        assertThat(log.failed()).isZero();
        clock.advanceMillis(59_999);
        assertThat(log.failed()).isZero();
        clock.advanceMillis(1);
        assertThat(log.failed()).isEqualTo(3);
        assertThat(log.failed()).isZero();
    }
}
