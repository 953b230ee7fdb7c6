package io.frametag.connectors.video;

import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the enumerator keeps in checkpoints. The streams being read are in the readers' state.
 *
 * @param waiting streams that no reader has
 * @param known ids of all streams ever handed out or waiting, so that none starts twice
 */
@PublicEvolving
public record VideoEnumeratorState(List<VideoSplit> waiting, Set<String> known) {

    public VideoEnumeratorState {
        waiting = List.copyOf(waiting);
        known = Set.copyOf(known);
    }
}
