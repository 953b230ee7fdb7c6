package io.frametag.connectors.video;

import io.frametag.operators.data.Delivery;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.clock.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Makes the players of a reader's streams, and keeps the secrets that they need. Players are made
 * on fetchers' threads, secrets come on the task's.
 */
final class StreamPlayers {

    private final VideoSettings settings;
    private final Clock clock;
    private final MetricGroup metrics;
    private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();

    StreamPlayers(VideoSettings settings, Clock clock, MetricGroup metrics) {
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
    }

    void learn(Map<String, List<String>> more) {
        secrets.putAll(more);
    }

    StreamPlayer play(VideoSplit split) {
        StreamAddress address = split.stream().address();
        if (address.isLive()) {
            return live(split);
        }
        PictureFiles pictures = address.pictures();
        if (pictures == null) {
            return new VideoPlayer(split, settings, clock);
        }
        Delivery delivery = settings.of(split.stream()).deliveryOf(split.stream());
        return new PicturePlayer(split, pictures, address.isWatched(), delivery, clock);
    }

    private LivePlayer live(VideoSplit split) {
        VideoStream stream = split.stream();
        VideoSettings own = settings.of(stream);
        CameraSettings cameras = own.cameras();
        Delivery delivery = own.deliveryOf(stream);
        return new LivePlayer(
                split,
                own,
                (interval, lastTime) ->
                        CameraGrab.start(
                                "camera-" + stream.id(),
                                () -> input(stream, cameras),
                                own,
                                clock,
                                new Handover(delivery.live()),
                                interval,
                                lastTime),
                clock,
                new Backoff(
                        cameras.retryFirst(),
                        cameras.retryMost(),
                        cameras.retryRefused(),
                        ThreadLocalRandom.current()),
                LiveMetrics.of(metrics, stream.id()));
    }

    private LiveInput input(VideoStream stream, CameraSettings cameras) throws VideoException {
        // Not even looked up where it may not be read.
        cameras.check(stream.address());
        return new LiveInput(
                StreamSecrets.reveal(stream.uri(), known(stream), System::getenv),
                stream.transport() == null ? RtspTransport.TCP : stream.transport(),
                cameras);
    }

    private @Nullable List<String> known(VideoStream stream) {
        List<String> own = stream.secrets();
        return own != null ? own : secrets.get(stream.id());
    }
}
