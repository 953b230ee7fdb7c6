package io.frametag.connectors.video;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the enumerator keeps in checkpoints. The streams being read are in the readers' state.
 *
 * @param waiting streams that no reader has
 * @param known ids of all streams ever handed out or waiting, so that none starts twice
 * @param streams the known ones as they were when they were handed out; those of a job that an
 *     older release ran are missing
 * @param ended known streams that have ended, with the number that their next frame would have had
 */
@PublicEvolving
public record VideoEnumeratorState(
        List<VideoSplit> waiting,
        Set<String> known,
        Map<String, VideoStream> streams,
        Map<String, Long> ended) {

    static final VideoEnumeratorState EMPTY =
            new VideoEnumeratorState(List.of(), Set.of(), Map.of(), Map.of());

    public VideoEnumeratorState {
        waiting = List.copyOf(waiting);
        known = Set.copyOf(known);
        streams = Map.copyOf(streams);
        ended = Map.copyOf(ended);
    }
}
