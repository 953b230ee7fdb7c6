package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.frametag.models.ModelException;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.TestingImageModel;
import io.frametag.operators.model.TestingModels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EncoderServiceTest {

    private final ManualBatchClock clock = new ManualBatchClock();
    private final CollectingListener heard = new CollectingListener();
    private final PictureGates gates = new PictureGates(EncodePolicy.encodeAll());
    private ControlledModels models;
    private EncoderService service;
    private TestingImageModel model;

    @BeforeEach
    void open(TestInfo test) throws ModelException {
        models = new ControlledModels(test.getDisplayName());
        service = EncoderService.open(models, new BatchOptions(4, Duration.ofMillis(10), 2), clock);
        model = models.last();
    }

    @AfterEach
    void close() {
        service.close();
        assertThat(model.closedCount()).isEqualTo(1);
        assertThat(model.openReaders()).isZero();
    }

    private EncodeRequest submit(long sequence, String word) {
        return submit(TestingModels.frame("cam", sequence, word));
    }

    private EncodeRequest submit(Frame frame) {
        EncodeRequest request = new EncodeRequest(frame, gates, heard);
        service.submit(request);
        return request;
    }

    private void awaitResults(int count) {
        await().until(() -> heard.results().size() == count);
    }

    @Test
    void aFullBatchRunsAtOnceAndEachFrameGetsItsOwnVector() {
        List<String> words = List.of("dog", "cat", "car", "fire");
        for (int i = 0; i < 4; i++) {
            submit(i, words.get(i));
        }

        awaitResults(4);
        assertThat(model.runs()).containsExactly(4);
        assertThat(heard.results())
                .allSatisfy(
                        result -> {
                            FrameEmbedding embedding = (FrameEmbedding) result;
                            String word = words.get((int) embedding.sequence());
                            assertThat(embedding.embedding())
                                    .isEqualTo(TestingModels.vector(models.id(), word));
                        });
        assertThat(heard.timings()).allMatch(timing -> timing.batchSize() == 4);
    }

    @Test
    void aBatchThatIsNotFullWaitsForTheDelayAndNoLonger() {
        submit(0, "dog");
        submit(1, "cat");
        await().until(() -> service.pendingCount() == 0);
        clock.advanceMillis(9);
        await().during(Duration.ofMillis(50)).until(() -> heard.results().isEmpty());

        clock.advanceMillis(10);

        awaitResults(2);
        assertThat(model.runs()).containsExactly(2);
    }

    @Test
    void aPictureThatCannotBeDecodedLeavesNoHole() {
        for (int i = 0; i < 4; i++) {
            submit(i, "dog");
            submit(10 + i, TestingModels.CORRUPT);
        }

        awaitResults(8);
        assertThat(model.runs()).containsExactly(4);
        assertThat(heard.results())
                .filteredOn(FailedFrame.class::isInstance)
                .hasSize(4)
                .allSatisfy(
                        result -> assertThat(((FailedFrame) result).reason()).isEqualTo("corrupt"));
    }

    @Test
    void aPictureThatCannotBeWrittenFailsAloneAndTheOthersKeepTheirVectors() {
        submit(0, TestingImageModel.UNWRITABLE);
        submit(1, "dog");
        submit(2, "cat");
        submit(3, "car");

        awaitResults(4);
        assertThat(heard.results())
                .filteredOn(FailedFrame.class::isInstance)
                .singleElement()
                .extracting(r -> ((FailedFrame) r).reason())
                .isEqualTo(FailureReason.DECODER_ERROR);
    }

    @Test
    void aFailedRunFailsItsFramesAndTheNextRunIsFine() {
        model.fail(new IllegalStateException("out of memory\nsecond line"));
        for (int i = 0; i < 4; i++) {
            submit(i, "dog");
        }
        awaitResults(4);
        model.fail(null);
        for (int i = 4; i < 8; i++) {
            submit(i, "dog");
        }

        awaitResults(8);
        assertThat(heard.results().subList(0, 4))
                .allSatisfy(
                        result -> {
                            FailedFrame failed = (FailedFrame) result;
                            assertThat(failed.reason()).isEqualTo(FailureReason.ENCODER_ERROR);
                            assertThat(failed.detail()).isEqualTo("out of memory");
                        });
        assertThat(heard.results().subList(4, 8)).allMatch(FrameEmbedding.class::isInstance);
    }

    @Test
    void theNextBatchFillsWhileOneRunsAndThenDecodingIsHeldBack() {
        Semaphore permits = model.hold();
        for (int i = 0; i < 20; i++) {
            submit(i, "dog");
        }

        // 4 run, 4 are ready, 2 decoded pictures wait for a slot, 10 wait to be decoded.
        await().until(() -> service.pendingCount() == 10);
        await().during(Duration.ofMillis(50)).until(() -> service.pendingCount() == 10);
        assertThat(heard.results()).isEmpty();
        permits.release(5);
        awaitResults(20);
        assertThat(model.runs()).containsExactly(4, 4, 4, 4, 4);
    }

    @Test
    void vectorsAreNotShared() {
        for (int i = 0; i < 8; i++) {
            submit(i, "dog");
        }

        awaitResults(8);
        assertThat(heard.results().stream().map(r -> ((FrameEmbedding) r).embedding()).toList())
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .doesNotHaveDuplicates();
    }

    @Test
    void aCancelledRequestIsNotHeardOfAndFreesItsPlace() {
        Semaphore permits = model.hold();
        for (int i = 0; i < 10; i++) {
            submit(i, "dog");
        }
        await().until(() -> service.pendingCount() == 0);
        EncodeRequest waiting = submit(99, "cat");

        service.cancel(waiting);

        assertThat(service.pendingCount()).isZero();
        permits.release(10);
        await().until(() -> heard.results().size() == 8);
        assertThat(heard.results()).noneMatch(r -> ((FrameEmbedding) r).sequence() == 99);
    }

    @Test
    void closingEndsWhatWaits() {
        Semaphore permits = model.hold();
        for (int i = 0; i < 20; i++) {
            submit(i, "dog");
        }
        await().until(() -> service.pendingCount() == 10);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(service::close);
        await().until(() -> model.openReaders() == 0);
        assertThat(model.closedCount()).as("closed during a run").isZero();

        permits.release(100);

        closing.join();
        assertThat(model.closedCount()).isEqualTo(1);
        assertThat(heard.results()).hasSize(4);
    }

    @Test
    void theModelIsWarmedUpAtEachBucket() throws ModelException {
        ControlledModels other = new ControlledModels("buckets");
        EncoderService.open(other, new BatchOptions(10, Duration.ZERO, 1), clock).close();

        assertThat(other.last().warmedUp()).containsExactly(1, 2, 3, 4, 6, 8, 10);
    }

    @Test
    void aModelThatCannotBeOpenedIsSaidSo() {
        assertThatThrownBy(
                        () ->
                                EncoderService.open(
                                        new TestingModels(TestingModels.UNUSABLE),
                                        BatchOptions.of(4, Duration.ZERO),
                                        clock))
                .isInstanceOf(ModelException.class)
                .hasMessage("no model 'unusable'");
    }
}
