package io.frametag.jobs.demo;

import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the live table shows of a camera.
 *
 * @param stream id of the camera's stream
 * @param tags of its newest frame, most probable first
 * @param framesPerSecond tagged frames that reached Kafka per second, over the last seconds
 * @param latencyP50 median latency from frame time to Kafka over the last seconds, in milliseconds;
 *     -1 where no frame came
 * @param latencyP95 its 95th percentile
 * @param status newest record of the status topic; null before the first
 */
record CameraView(
        String stream,
        List<Tag> tags,
        double framesPerSecond,
        long latencyP50,
        long latencyP95,
        @Nullable StreamStatus status) {

    CameraView {
        tags = List.copyOf(tags);
    }
}
