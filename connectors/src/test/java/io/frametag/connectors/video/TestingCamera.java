package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.sample.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.SystemClock;

/** Plays one live stream on a thread of its own and keeps what comes, for tests to look at. */
final class TestingCamera implements AutoCloseable {

    private final List<VideoRecord> records = new CopyOnWriteArrayList<>();
    private final StreamPlayer player;
    private final Thread thread;
    private volatile boolean closing;

    TestingCamera(VideoStream stream, CameraSettings cameras) {
        this(stream, cameras, Sampling.all());
    }

    TestingCamera(VideoStream stream, CameraSettings cameras, Sampling sampling) {
        VideoSettings settings =
                new VideoSettings(
                        sampling,
                        Playback.AS_FAST_AS_POSSIBLE,
                        PictureLimits.defaults(),
                        false,
                        Delivery.complete(),
                        cameras);
        player =
                new StreamPlayers(
                                settings, SystemClock.getInstance(), new UnregisteredMetricsGroup())
                        .play(new VideoSplit(stream, VideoPosition.START));
        thread = new Thread(this::run, "testing-camera");
        thread.start();
    }

    private void run() {
        while (!closing && !player.isFinished()) {
            records.addAll(player.next());
        }
        records.addAll(player.finish());
        player.close();
    }

    List<Frame> frames() {
        return items(Frame.class);
    }

    List<StreamReport> reports() {
        return items(StreamReport.class);
    }

    private <T extends StreamItem> List<T> items(Class<T> type) {
        List<T> items = new ArrayList<>();
        for (VideoRecord record : records) {
            if (type.isInstance(record.item())) {
                items.add(type.cast(record.item()));
            }
        }
        return items;
    }

    List<StreamState> states() {
        List<StreamState> states = new ArrayList<>();
        for (StreamReport report : reports()) {
            if (states.isEmpty() || states.get(states.size() - 1) != report.state()) {
                states.add(report.state());
            }
        }
        return states;
    }

    StreamReport last() {
        List<StreamReport> reports = reports();
        return reports.get(reports.size() - 1);
    }

    /** Frames handed on and in counts, which must be as many as the numbers given out. */
    long accountedFor() {
        long lost = 0;
        for (StreamReport report : reports()) {
            lost += report.sampledOut();
            for (Map<String, Long> counts : List.of(report.dropped(), report.failed())) {
                lost += counts.values().stream().mapToLong(Long::longValue).sum();
            }
        }
        return lost + frames().size();
    }

    long nextSequence() {
        return records.get(records.size() - 1).after().sequence();
    }

    boolean isFinished() {
        return player.isFinished();
    }

    @Override
    public void close() {
        end();
    }

    /** Ends the stream; what came can still be looked at. */
    void end() {
        closing = true;
        player.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new AssertionError("the player does not end");
        }
    }
}
