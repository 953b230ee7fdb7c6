package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

/** What becomes of a live stream's faults, on a clock that the test moves. */
final class LivePlayerTest {

    private final ManualClock clock = new ManualClock(5_000_000_000_000_000L);
    private final List<TestingGrab> grabs = new ArrayList<>();
    private final List<VideoRecord> items = new ArrayList<>();
    private final LiveMetrics metrics =
            new LiveMetrics(
                    new SimpleCounter(),
                    new SimpleCounter(),
                    new SimpleCounter(),
                    new SimpleCounter(),
                    new SimpleCounter());
    private final LivePlayer player = player(VideoPosition.START);

    private LivePlayer player(VideoPosition from) {
        CameraSettings cameras = CameraSettings.defaults();
        return new LivePlayer(
                new VideoSplit(VideoStream.of("gate", "rtsp://host/live"), from),
                new VideoSettings(
                        Sampling.all(),
                        Playback.AS_FAST_AS_POSSIBLE,
                        PictureLimits.defaults(),
                        false,
                        null,
                        cameras),
                (interval, last) -> {
                    TestingGrab grab = new TestingGrab(clock.relativeTimeNanos());
                    grabs.add(grab);
                    return grab;
                },
                clock,
                new Backoff(
                        cameras.retryFirst(),
                        cameras.retryMost(),
                        cameras.retryRefused(),
                        new Random(1)),
                metrics);
    }

    private TestingGrab grab() {
        return grabs.get(grabs.size() - 1);
    }

    private void step() {
        items.addAll(player.step(0));
    }

    private void pass(Duration time) {
        clock.advanceTime(time);
        step();
    }

    private StreamReport last() {
        return (StreamReport) items.get(items.size() - 1).item();
    }

    private void comeUp() {
        step();
        grab().frame(100);
        step();
    }

    @Test
    void itIsUpWithItsFirstFrame() {
        comeUp();

        assertThat(items).hasSize(3);
        assertThat(((StreamReport) items.get(0).item()).state()).isEqualTo(StreamState.CONNECTING);
        assertThat(((StreamReport) items.get(1).item()).state()).isEqualTo(StreamState.UP);
        Frame frame = (Frame) items.get(2).item();
        assertThat(frame.sequence()).isZero();
        assertThat(frame.delivery().live()).isTrue();
        assertThat(items.get(2).after().sequence()).isEqualTo(1);
    }

    @Test
    void framesOvertakenAndLostAreCountedOnTheirSideOfTheFrameTaken() {
        comeUp();
        grab().handover().lose(Handover.Loss.FAILED, "corrupt", 2);
        grab().frame(200);
        grab().handover().lose(Handover.Loss.SAMPLED_OUT, SampledOut.RATE, 3);
        grab().frame(300);
        grab().handover().lose(Handover.Loss.SAMPLED_OUT, SampledOut.RATE, 5);
        step();

        StreamReport report = (StreamReport) items.get(3).item();
        assertThat(report.failed()).isEqualTo(Map.of("corrupt", 2L));
        assertThat(report.dropped()).isEqualTo(Map.of("superseded", 1L));
        assertThat(report.sampledOut()).isEqualTo(3);
        assertThat(((Frame) items.get(4).item()).sequence()).isEqualTo(1 + 2 + 1 + 3);
        pass(Duration.ofSeconds(2));
        assertThat(last().sampledOut()).as("those behind the frame").isEqualTo(5);
        assertThat(items.get(5).after().sequence()).isEqualTo(13);
        assertThat(metrics.corrupt().getCount()).isEqualTo(2);
    }

    @Test
    void aStreamWithoutFramesStallsWithinTenSecondsAndIsOpenedAnew() {
        comeUp();
        TestingGrab first = grab();
        pass(Duration.ofSeconds(8));
        assertThat(last(StreamState.UP)).isTrue();

        pass(Duration.ofMillis(1_001));

        assertThat(last().state()).isEqualTo(StreamState.STALLED);
        assertThat(last().error()).isEqualTo("no frame for 8 s");
        assertThat(first.interrupted).isTrue();
        first.over = true;
        pass(Duration.ofMillis(250));
        step();
        assertThat(grabs).hasSize(2);
        assertThat(metrics.stalls().getCount()).isEqualTo(1);
        assertThat(metrics.reconnects().getCount()).isEqualTo(1);
    }

    private boolean last(StreamState state) {
        return items.stream()
                .filter(i -> i.item() instanceof StreamReport)
                .reduce((a, b) -> b)
                .map(i -> ((StreamReport) i.item()).state() == state)
                .orElse(false);
    }

    @Test
    void aGrabThatCannotBeEndedIsLeftBehindAndAnotherStarted() {
        comeUp();
        pass(Duration.ofSeconds(10));
        TestingGrab hanging = grab();
        pass(Duration.ofSeconds(1));
        assertThat(grabs).as("not before its time to end is over").hasSize(1);

        pass(Duration.ofSeconds(2));
        step();

        assertThat(metrics.abandonedGrabs().getCount()).isEqualTo(1);
        assertThat(grabs).hasSize(2);
        hanging.frame(900);
        grab().frame(1_000);
        step();
        assertThat(items.stream().filter(i -> i.item() instanceof Frame))
                .as("nothing of the one left behind gets in")
                .hasSize(2);
    }

    @Test
    void anOpeningThatHangsIsGivenUp() {
        step();
        pass(Duration.ofSeconds(13));

        assertThat(last().state()).isEqualTo(StreamState.DOWN);
        assertThat(grab().interrupted).isTrue();
    }

    @Test
    void refusalsAreTriedSeldomAndSayWhen() {
        step();
        grab().end(VideoException.refused("camera wants a password (401)"));
        step();
        assertThat(last().state()).isEqualTo(StreamState.REFUSED);
        assertThat(last().error()).isEqualTo("camera wants a password (401); next try in 60 s");

        pass(Duration.ofSeconds(50));
        assertThat(grabs).hasSize(1);
        pass(Duration.ofSeconds(10));
        assertThat(grabs).hasSize(2);
    }

    @Test
    void theSameFailureIsToldOnce() {
        step();
        for (int i = 0; i < 5; i++) {
            grab().end(new VideoException("camera refuses connections"));
            step();
            pass(Duration.ofSeconds(3));
        }

        assertThat(grabs).hasSize(6);
        assertThat(items).hasSize(2);
        assertThat(last().state()).isEqualTo(StreamState.DOWN);
    }

    @Test
    void aTryThatWaitedInVainIsFollowedByTheNextAtOnce() {
        for (int i = 0; i < 6; i++) {
            pass(Duration.ofSeconds(5));
            grab().end(new VideoException("camera refuses connections"));
            step();
        }
        int before = grabs.size();
        pass(Duration.ofSeconds(5));
        assertThat(grabs).as("waits are long by now").hasSize(before + 1);

        pass(Duration.ofSeconds(3));
        grab().end(new VideoException("camera does not answer"));
        step();
        step();

        assertThat(grabs).hasSize(before + 2);
    }

    @Test
    void numbersGoOnAfterARestart() {
        VideoPosition before =
                VideoPosition.START.startingAt(0).asOpened().passing(41, VideoPosition.NONE);
        LivePlayer restored = player(before);
        restored.step(0);
        grab().frame(100);
        List<VideoRecord> later = restored.step(0);

        assertThat(((Frame) later.get(later.size() - 1).item()).sequence()).isEqualTo(41);
    }

    @Test
    void aStreamThatIsEndedHandsOutWhatItHas() {
        comeUp();
        grab().frame(200);

        List<VideoRecord> left = player.finish();

        assertThat(left).hasSize(2);
        assertThat(left.get(0).item()).isInstanceOf(Frame.class);
        assertThat(((StreamReport) left.get(1).item()).state()).isEqualTo(StreamState.ENDED);
        assertThat(player.isFinished()).isTrue();
    }
}
