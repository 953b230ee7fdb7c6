package io.frametag.jobs.demo;

import io.frametag.jobs.Latencies;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All that has come from Kafka, ready to be shown. Thread-safe: the consumer's thread writes, the
 * terminal's thread reads.
 */
final class Board {

    private final LongSupplier clockMillis;
    private final Map<String, Camera> cameras = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private long firstTagMillis = -1;
    private @Nullable String note;

    /**
     * @param cameras that are shown from the start, before anything has come
     * @param clockMillis the time, in milliseconds since the epoch
     */
    Board(Iterable<String> cameras, LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
        cameras.forEach(this::camera);
    }

    private Camera camera(String stream) {
        return cameras.computeIfAbsent(stream, Camera::new);
    }

    /**
     * Takes a record of the tags topic.
     *
     * @param kafkaTime when the broker wrote it, in milliseconds since the epoch
     */
    synchronized void tagged(FrameTags tags, long kafkaTime) {
        camera(tags.stream()).tagged(tags, kafkaTime);
        latencies.add(kafkaTime - tags.frameTime());
        if (firstTagMillis < 0 && !tags.tags().isEmpty()) {
            firstTagMillis = kafkaTime;
        }
    }

    /** Takes a record of the status topic. */
    synchronized void status(StreamStatus status) {
        camera(status.stream()).status(status);
    }

    /** Says something below the table until there is something newer to say. */
    synchronized void note(String line) {
        note = line;
    }

    synchronized @Nullable String note() {
        return note;
    }

    /** When the first frame with a tag was written to Kafka; -1 before that. */
    synchronized long firstTagMillis() {
        return firstTagMillis;
    }

    synchronized List<CameraView> views() {
        long now = clockMillis.getAsLong();
        return cameras.values().stream().map(camera -> camera.view(now)).toList();
    }

    /** The newest status of every camera that has one. */
    synchronized List<StreamStatus> statuses() {
        List<StreamStatus> statuses = new ArrayList<>();
        for (Camera camera : cameras.values()) {
            StreamStatus status = camera.status();
            if (status != null) {
                statuses.add(status);
            }
        }
        return statuses;
    }

    /** Frames tagged since the start, as counted from the tags topic. */
    synchronized long tagged() {
        return latencies.count();
    }

    /** Latency from frame time to Kafka over all frames since the start, in milliseconds. */
    synchronized long latencyPercentile(double share) {
        return latencies.percentile(share);
    }
}
