package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.frametag.models.ModelException;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.DroppedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.TestingImageModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** What becomes of live frames where more come than can be encoded. */
@Timeout(60)
final class LiveFramesTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    private final ManualBatchClock clock = new ManualBatchClock();
    private final CollectingListener heard = new CollectingListener();
    private final PictureGates gates = new PictureGates(new EncodePolicy(LIMIT, null, 0));
    private EncoderService service;
    private TestingImageModel model;

    @BeforeEach
    void open(TestInfo test) throws ModelException {
        ControlledModels models = new ControlledModels("live " + test.getDisplayName());
        service = EncoderService.open(models, new BatchOptions(2, Duration.ZERO, 1), clock);
        model = models.last();
        model.runs().clear();
    }

    @AfterEach
    void close() {
        service.close();
    }

    private void submit(String stream, long sequence, Delivery delivery) {
        Frame frame =
                Frame.compressed(
                                stream,
                                sequence,
                                sequence,
                                clock.epochMillis(),
                                null,
                                "dog".getBytes(StandardCharsets.UTF_8))
                        .withDelivery(delivery);
        service.submit(new EncodeRequest(frame, gates, heard));
    }

    /** From here on one run waits, two frames are ready, and a decoded one waits for a slot. */
    private Semaphore fill() {
        Semaphore permits = model.hold();
        submit("full", 0, Delivery.complete());
        await().until(permits::hasQueuedThreads);
        for (int i = 1; i <= 3; i++) {
            submit("full", i, Delivery.complete());
        }
        await().until(() -> service.pendingCount() == 0);
        return permits;
    }

    private List<DroppedFrame> dropped() {
        return heard.results().stream()
                .filter(DroppedFrame.class::isInstance)
                .map(DroppedFrame.class::cast)
                .toList();
    }

    private List<Long> encoded(String stream) {
        return heard.results().stream()
                .filter(FrameEmbedding.class::isInstance)
                .map(FrameEmbedding.class::cast)
                .filter(embedding -> embedding.stream().equals(stream))
                .map(FrameEmbedding::sequence)
                .toList();
    }

    @Test
    void onlyTheNewestWaitsAndTheOthersAreDroppedAtOnce() {
        Semaphore permits = fill();
        for (int i = 0; i < 5; i++) {
            submit("cam", i, Delivery.freshest());
            submit("other", i, Delivery.complete());
        }

        assertThat(dropped())
                .extracting(DroppedFrame::sequence, DroppedFrame::reason)
                .containsExactly(
                        tuple(0L, DropReason.SUPERSEDED),
                        tuple(1L, DropReason.SUPERSEDED),
                        tuple(2L, DropReason.SUPERSEDED),
                        tuple(3L, DropReason.SUPERSEDED));
        permits.release(100);
        await().until(() -> heard.results().size() == 14);
        assertThat(encoded("cam")).containsExactly(4L);
        assertThat(encoded("other")).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aFrameThatIsTooOldWhenItsTurnComesIsNotEncoded() {
        Semaphore permits = fill();
        submit("old", 0, Delivery.freshest());
        submit("patient", 0, Delivery.freshest(Duration.ofSeconds(5)));
        submit("complete", 0, Delivery.complete());
        clock.advanceMillis(LIMIT.toMillis() + 1);
        submit("young", 0, Delivery.freshest());

        permits.release(100);

        await().until(() -> heard.results().size() == 8);
        assertThat(dropped()).containsExactly(new DroppedFrame("old", 0, 0, DropReason.STALE));
        for (String stream : List.of("patient", "complete", "young")) {
            assertThat(encoded(stream)).containsExactly(0L);
        }
    }

    @Test
    void theLimitCountsFromArrivalNotFromSubmission() {
        Semaphore permits = fill();
        Frame frame =
                Frame.compressed("cam", 0, 0, clock.epochMillis() - 400, null, new byte[] {'a'})
                        .withDelivery(Delivery.freshest());
        service.submit(new EncodeRequest(frame, gates, heard));
        clock.advanceMillis(101);

        permits.release(100);

        await().until(() -> heard.results().size() == 5);
        assertThat(dropped()).containsExactly(new DroppedFrame("cam", 0, 0, DropReason.STALE));
    }

    @Test
    void aBatchOfFramesThatGrewTooOldIsNotRun() {
        Semaphore permits = model.hold();
        submit("first", 0, Delivery.complete());
        await().until(permits::hasQueuedThreads);
        submit("a", 0, Delivery.freshest());
        submit("b", 0, Delivery.freshest());
        await().until(() -> service.pendingCount() == 0);
        submit("c", 0, Delivery.complete());
        await().until(() -> service.pendingCount() == 0);
        clock.advanceMillis(LIMIT.toMillis() + 1);

        permits.release(100);

        await().until(() -> heard.results().size() == 4);
        assertThat(dropped()).extracting(DroppedFrame::stream).containsExactlyInAnyOrder("a", "b");
        assertThat(model.runs()).as("the first, and c").containsExactly(1, 1);
    }

    @Test
    void aFrameThatGrewTooOldIsDroppedAmongOthersThatAreRun() {
        Semaphore permits = model.hold();
        submit("first", 0, Delivery.complete());
        await().until(permits::hasQueuedThreads);
        submit("a", 0, Delivery.freshest());
        submit("b", 0, Delivery.complete());
        await().until(() -> service.pendingCount() == 0);
        clock.advanceMillis(LIMIT.toMillis() + 1);

        permits.release(100);

        await().until(() -> heard.results().size() == 3);
        assertThat(dropped()).containsExactly(new DroppedFrame("a", 0, 0, DropReason.STALE));
        assertThat(encoded("b")).containsExactly(0L);
    }
}
