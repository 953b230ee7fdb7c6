package io.frametag.jobs.tag;

import io.frametag.connectors.json.StreamEntry;
import io.frametag.connectors.json.StreamFile;
import io.frametag.connectors.json.StreamListException;
import io.frametag.connectors.json.WatchedStreamFile;
import io.frametag.connectors.kafka.CamerasTopic;
import io.frametag.connectors.kafka.KafkaAccessException;
import io.frametag.connectors.kafka.KafkaCameras;
import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.video.StreamDirectory;
import io.frametag.connectors.video.VideoStream;
import io.frametag.jobs.UserError;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of cameras.
 *
 * @param fixed those of the job file, which stay
 * @param directory tells those that come and go; null where none do
 */
record TagCameras(List<VideoStream> fixed, @Nullable StreamDirectory directory) {

    private static final String TOPIC = "kafka:";

    /** Looks at the list, so that a broken one stops the job before it starts. */
    static TagCameras of(TagRequest request, KafkaConnection kafka)
            throws UserError, KafkaAccessException {
        String cameras = request.cameras();
        if (cameras == null) {
            return new TagCameras(List.of(), null);
        }
        if (cameras.startsWith(TOPIC)) {
            String topic = cameras.substring(TOPIC.length());
            if (!topic.matches("[A-Za-z0-9._-]{1,249}")) {
                throw UserError.usage(
                        "cameras " + cameras + " names no topic; give kafka:TOPIC or a file");
            }
            new CamerasTopic(kafka, topic).ensure();
            return new TagCameras(List.of(), new KafkaCameras(kafka, topic));
        }
        return ofFile(Path.of(cameras), request.jobFile());
    }

    private static TagCameras ofFile(Path file, @Nullable Path jobFile) throws UserError {
        try {
            if (file.equals(jobFile)) {
                return new TagCameras(
                        StreamFile.readFromJob(file).stream().map(StreamEntry::stream).toList(),
                        null);
            }
            WatchedStreamFile watched = new WatchedStreamFile(file);
            watched.read();
            return new TagCameras(List.of(), watched);
        } catch (StreamListException e) {
            throw UserError.failed(e.getMessage(), e);
        }
    }

    boolean isEmpty() {
        return fixed.isEmpty() && directory == null;
    }
}
