package io.frametag.jobs.demo;

import io.frametag.jobs.Latencies;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.Tag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has come from Kafka about one camera. Not thread-safe. */
final class Camera {

    /** How far back rates and shown latencies look. */
    static final long WINDOW_MILLIS = 5_000;

    private record Seen(long kafkaTime, long latency) {}

    private final String stream;
    private final Deque<Seen> window = new ArrayDeque<>();
    private final Latencies windowLatencies = new Latencies();
    private long firstKafkaTime = -1;
    private long newestFrameTime = Long.MIN_VALUE;
    private List<Tag> newestTags = List.of();
    private @Nullable StreamStatus status;

    Camera(String stream) {
        this.stream = stream;
    }

    void tagged(FrameTags tags, long kafkaTime) {
        long latency = kafkaTime - tags.frameTime();
        window.addLast(new Seen(kafkaTime, latency));
        windowLatencies.add(latency);
        if (firstKafkaTime < 0) {
            firstKafkaTime = kafkaTime;
        }
        if (tags.frameTime() > newestFrameTime) {
            newestFrameTime = tags.frameTime();
            newestTags = tags.tags();
        }
    }

    void status(StreamStatus newest) {
        status = newest;
    }

    @Nullable StreamStatus status() {
        return status;
    }

    CameraView view(long now) {
        while (!window.isEmpty() && window.getFirst().kafkaTime() <= now - WINDOW_MILLIS) {
            windowLatencies.remove(window.removeFirst().latency());
        }
        return new CameraView(
                stream,
                newestTags,
                rate(now),
                windowLatencies.percentile(0.5),
                windowLatencies.percentile(0.95),
                status);
    }

    /** Over the window, or over the time since the first frame where that is shorter. */
    private double rate(long now) {
        if (firstKafkaTime < 0) {
            return 0;
        }
        long span = Math.min(WINDOW_MILLIS, Math.max(1_000, now - firstKafkaTime));
        return window.size() * 1000.0 / span;
    }
}
