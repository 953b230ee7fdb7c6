package io.frametag.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static StreamStatus status(
            String stream, long inFlight, Map<String, Long> failed, @Nullable String error) {
        long lost = failed.values().stream().mapToLong(Long::longValue).sum();
        return new StreamStatus(
                stream,
                0,
                error == null ? StreamState.ENDED : StreamState.REFUSED,
                100 + lost + inFlight,
                40,
                57,
                Map.of("late", 3L),
                failed,
                inFlight,
                1L,
                error);
    }

    @Test
    void everyRowAddsUp() {
        Accounts accounts =
                new Accounts(
                        List.of(
                                status("b", 0, Map.of("corrupt", 2L, "timeout", 1L), null),
                                status("a", 5, Map.of(), "truncated")));
        List<String> lines = accounts.lines();

        assertThat(lines)
                .containsExactly(
                        "STREAM   IN  SAMPLED OUT  TAGGED  DROPPED  FAILED  IN FLIGHT",
                        "a       105           57      40        3       0          5",
                        "b       103           57      40        3       3          0",
                        "all     208          114      80        6       3          5",
                        "a: dropped 3 (late)",
                        "b: dropped 3 (late)",
                        "b: failed 2 (corrupt), 1 (timeout)");
        assertThat(accounts.errors()).containsExactly("a: truncated");
        lines.stream().filter(line -> line.matches(".*\\d+\\s+\\d+.*")).forEach(this::addsUp);
    }

    private void addsUp(String line) {
        String[] cells = line.split("\\s+");
        long sum = 0;
        for (int i = 2; i < cells.length; i++) {
            sum += Long.parseLong(cells[i]);
        }
        assertThat(Long.parseLong(cells[1])).isEqualTo(sum);
    }

    @Test
    void tellsStatesWhereNotAllHaveEnded() {
        StreamStatus ended = status("a", 0, Map.of(), null);
        assertThat(Accounts.withStates(List.of(ended)).lines())
                .isEqualTo(new Accounts(List.of(ended)).lines());

        assertThat(
                        Accounts.withStates(List.of(ended, status("b", 0, Map.of(), "no password")))
                                .lines())
                .startsWith(
                        "STREAM   IN  SAMPLED OUT  TAGGED  DROPPED  FAILED  STATE",
                        "a       100           57      40        3       0  ended",
                        "b       100           57      40        3       0  refused",
                        "all     200          114      80        6       0");
    }

    @Test
    void leavesOutWhatIsNotThere() {
        assertThat(new Accounts(List.of(status("a", 0, Map.of(), null))).lines())
                .containsExactly(
                        "STREAM   IN  SAMPLED OUT  TAGGED  DROPPED  FAILED",
                        "a       100           57      40        3       0",
                        "a: dropped 3 (late)");
    }
}
