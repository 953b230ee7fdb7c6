package io.frametag.jobs.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamChangesTest {

    private static StreamStatus status(StreamState state, @Nullable String error) {
        return new StreamStatus("gate", 0, state, 0, 0, 0, Map.of(), Map.of(), 0, null, error);
    }

    @Test
    void tellsTroubleOnceWithItsReasonAndItsEnd() {
        StreamStatus up = status(StreamState.UP, null);
        StreamStatus down = status(StreamState.DOWN, "connection refused");
        StreamStatus stalled = status(StreamState.STALLED, null);

        assertThat(StreamChanges.line(null, up)).isEmpty();
        assertThat(StreamChanges.line(up, down)).hasValue("gate is down: connection refused");
        assertThat(StreamChanges.line(down, down)).isEmpty();
        assertThat(StreamChanges.line(down, stalled)).hasValue("gate is stalled");
        assertThat(StreamChanges.line(stalled, up)).hasValue("gate is up again");
        assertThat(StreamChanges.line(up, up)).isEmpty();
        assertThat(StreamChanges.line(up, status(StreamState.REFUSED, "no password")))
                .hasValue("gate: no password");
        assertThat(StreamChanges.line(up, status(StreamState.ENDED, "cut short"))).isEmpty();
    }
}
