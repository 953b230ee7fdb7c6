package io.frametag.operators.account;

import io.frametag.operators.data.GoldenBytes;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccountSerializersTest {

    @Test
    void keepTheLayoutsOfRelease01() throws IOException {
        AccountEntrySerializer entry = new AccountEntrySerializer();
        GoldenBytes.check("0.1", "entry-entered", entry, new AccountEntry.Entered("cam", 1_234));
        GoldenBytes.check("0.1", "entry-tagged", entry, new AccountEntry.Tagged("cam"));
        GoldenBytes.check("0.1", "entry-dropped", entry, new AccountEntry.Dropped("cam", "stale"));
        GoldenBytes.check("0.1", "entry-failed", entry, new AccountEntry.Failed("cam", "corrupt"));
        GoldenBytes.check(
                "0.1",
                "entry-reported",
                entry,
                new AccountEntry.Reported(
                        new StreamReport(
                                "cam",
                                9,
                                StreamState.DOWN,
                                3,
                                Map.of("stale", 4L),
                                Map.of(),
                                "gone")));
        GoldenBytes.check(
                "0.1",
                "account",
                new StreamAccountSerializer(),
                new StreamAccount(
                        StreamState.UP,
                        20,
                        18,
                        17,
                        3,
                        Map.of("stale", 4L),
                        Map.of("corrupt", 1L),
                        1_234L,
                        "gone"));
        GoldenBytes.check(
                "0.1", "account-bare", new StreamAccountSerializer(), StreamAccount.EMPTY);
    }
}
