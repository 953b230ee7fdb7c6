package io.frametag.jobs.tag;

import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says when a stream is lost, stands still or is back, as one line; the rest goes without. */
final class StreamChanges {

    private static final Set<StreamState> TROUBLE =
            Set.of(StreamState.STALLED, StreamState.DOWN, StreamState.REFUSED);

    private StreamChanges() {}

    /**
     * The line for a status.
     *
     * @param before the status before it; null for the first
     */
    static Optional<String> line(@Nullable StreamStatus before, StreamStatus now) {
        boolean wasTrouble = before != null && TROUBLE.contains(before.state());
        if (TROUBLE.contains(now.state())) {
            boolean told = wasTrouble && before.state() == now.state();
            return told ? Optional.empty() : Optional.of(now.stream() + trouble(now));
        }
        return wasTrouble && now.state() == StreamState.UP
                ? Optional.of(now.stream() + " is up again")
                : Optional.empty();
    }

    /** As the summary tells what was refused, which need not say it again then. */
    private static String trouble(StreamStatus now) {
        String reason = now.error() == null ? "" : ": " + now.error();
        boolean plain = now.state() == StreamState.REFUSED && now.error() != null;
        return plain ? reason : " is " + now.state().id() + reason;
    }
}
