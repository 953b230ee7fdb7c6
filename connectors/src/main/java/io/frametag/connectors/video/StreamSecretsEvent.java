package io.frametag.connectors.video;

import java.util.HashMap;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator to a reader, ahead of the splits: the secrets that stood in the addresses of these
 * streams. They travel this way since splits are kept in checkpoints.
 */
record StreamSecretsEvent(HashMap<String, List<String>> secrets) implements SourceEvent {

    /** Flink writes events that it can't deliver to its log. */
    @Override
    public String toString() {
        return "StreamSecretsEvent" + secrets.keySet();
    }
}
