package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.models.ModelException;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FailedFrame;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.SampledOutFrame;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.TestingImageModel;
import io.frametag.operators.model.TestingModels;
import io.frametag.operators.sample.Motion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Frames that show nothing new. A word's picture is as bright as its letters. */
@Timeout(60)
final class PictureGatesTest {

    private static final String DARK = "AAA";
    private static final String HARDLY_LIGHTER = "BBB";
    private static final String LIGHT = "zzz";

    private final CollectingListener heard = new CollectingListener();
    private final PictureGates reusing =
            new PictureGates(new EncodePolicy(Duration.ofSeconds(2), null, 0.001));
    private ControlledModels models;
    private EncoderService service;
    private TestingImageModel model;

    @BeforeEach
    void open(TestInfo test) throws ModelException {
        models = new ControlledModels("gates " + test.getDisplayName());
        BatchOptions options = new BatchOptions(4, Duration.ZERO, 1);
        service = EncoderService.open(models, options, BatchClock.system());
        model = models.last();
        model.runs().clear();
    }

    @AfterEach
    void close() {
        service.close();
    }

    private EncodeRequest submit(String stream, long sequence, String word, PictureGates gates) {
        Frame frame = TestingModels.frame(stream, sequence, word);
        EncodeRequest request = new EncodeRequest(frame, gates, heard);
        service.submit(request);
        return request;
    }

    private List<EncodeResult> results(int count) {
        await().until(() -> heard.results().size() == count);
        return heard.results();
    }

    private FrameEmbedding embedding(long sequence) {
        return heard.results().stream()
                .filter(FrameEmbedding.class::isInstance)
                .map(FrameEmbedding.class::cast)
                .filter(e -> e.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFrameThatLooksTheSameGetsTheEmbeddingOfTheLastOneEncoded() {
        submit("cam", 0, DARK, reusing);
        results(1);
        submit("cam", 1, HARDLY_LIGHTER, reusing);
        submit("cam", 2, LIGHT, reusing);
        results(3);
        submit("cam", 3, LIGHT, reusing);
        submit("other", 4, LIGHT, reusing);
        results(5);

        assertThat(List.of(0L, 1L, 2L, 3L, 4L))
                .extracting(n -> embedding(n).reused())
                .containsExactly(false, true, false, true, false);
        assertThat(embedding(1).embedding()).isEqualTo(TestingModels.vector(models.id(), DARK));
        assertThat(embedding(1).frameTime()).isEqualTo(40);
        assertThat(embedding(3).embedding()).isEqualTo(TestingModels.vector(models.id(), LIGHT));
        assertThat(model.runs().stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    }

    @Test
    void anEmbeddingThatIsStillOnItsWayIsWaitedFor() {
        Semaphore permits = model.hold();
        for (int i = 0; i < 10; i++) {
            submit("cam", i, DARK, reusing);
        }
        await().until(() -> permits.hasQueuedThreads() && service.pendingCount() == 0);
        assertThat(heard.results()).isEmpty();

        permits.release(1);

        results(10);
        assertThat(model.runs()).containsExactly(1);
        assertThat(heard.timings()).hasSize(1);
    }

    @Test
    void whereTheOtherFrameFailsThisOneIsEncodedAfterAll() {
        Semaphore permits = model.hold();
        model.fail(new IllegalStateException("no memory"));
        submit("cam", 0, DARK, reusing);
        submit("cam", 1, DARK, reusing);
        await().until(() -> permits.hasQueuedThreads() && service.pendingCount() == 0);
        permits.release(1);
        results(1);
        await().until(permits::hasQueuedThreads);
        model.fail(null);
        permits.release(1);
        results(2);
        model.fail(null);
        permits.release(100);
        submit("cam", 2, DARK, reusing);

        results(3);
        assertThat(heard.results().get(0)).isInstanceOf(FailedFrame.class);
        assertThat(embedding(1).reused()).isFalse();
        assertThat(embedding(2).reused()).as("the one encoded after all is not reused").isFalse();
    }

    @Test
    void aRequestThatIsCancelledMeanwhileIsNotHeardOf() {
        Semaphore permits = model.hold();
        submit("cam", 0, DARK, reusing);
        EncodeRequest alike = submit("cam", 1, DARK, reusing);
        await().until(() -> permits.hasQueuedThreads() && service.pendingCount() == 0);
        service.cancel(alike);

        permits.release(100);
        submit("cam", 2, DARK, reusing);

        assertThat(results(2))
                .extracting(r -> ((FrameEmbedding) r).sequence())
                .containsExactly(0L, 2L);
    }

    @Test
    void framesThatShowNoMotionAreLeftOutButForOneInAWhile() {
        PictureGates moving =
                new PictureGates(
                        new EncodePolicy(
                                Duration.ofSeconds(2),
                                new Motion(0.005, Duration.ofSeconds(1)),
                                0));
        for (int i = 0; i < 60; i++) {
            submit("cam", i, i < 30 ? DARK : LIGHT, moving);
        }

        List<EncodeResult> results = results(60);
        assertThat(results)
                .filteredOn(FrameEmbedding.class::isInstance)
                .extracting(r -> ((FrameEmbedding) r).sequence())
                .containsExactly(0L, 25L, 30L, 55L);
        assertThat(results)
                .filteredOn(r -> !(r instanceof FrameEmbedding))
                .hasSize(56)
                .allMatch(r -> ((SampledOutFrame) r).reason().equals(SampledOut.MOTION));
    }

    @Test
    void noMoreStreamsThanTheBoundAreRemembered() {
        for (int i = 0; i <= PictureGates.MOST_STREAMS; i++) {
            submit("cam" + i, i, DARK, reusing);
        }
        submit("cam" + PictureGates.MOST_STREAMS, 10_000, DARK, reusing);
        submit("cam0", 10_001, DARK, reusing);

        results(PictureGates.MOST_STREAMS + 3);
        assertThat(embedding(10_000).reused()).isTrue();
        assertThat(embedding(10_001).reused()).isFalse();
    }
}
