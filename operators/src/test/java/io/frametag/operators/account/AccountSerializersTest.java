package io.frametag.operators.account;

import io.frametag.operators.data.GoldenBytes;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.api.Test;

final class AccountSerializersTest {

    @Test
    void keepTheNewestLayoutsAndReadTheOlder() throws IOException {
        AccountEntrySerializer entry = new AccountEntrySerializer();
        check("entry-entered", entry, new AccountEntry.Entered("cam", 1_234));
        check("entry-tagged", entry, new AccountEntry.Tagged("cam"));
        check("entry-dropped", entry, new AccountEntry.Dropped("cam", "stale"));
        check("entry-failed", entry, new AccountEntry.Failed("cam", "corrupt"));
        check(
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
        check(
                "account",
                new StreamAccountSerializer(),
                new StreamAccount(
                        StreamState.UP,
                        20,
                        18,
                        17,
                        0,
                        Map.of(SampledOut.RATE, 3L),
                        Map.of("stale", 4L),
                        Map.of("corrupt", 1L),
                        1_234L,
                        "gone"));
        check("account-bare", new StreamAccountSerializer(), StreamAccount.EMPTY);
    }

    @Test
    void keepTheLayoutsThatRelease02Added() throws IOException {
        AccountEntrySerializer entry = new AccountEntrySerializer();
        GoldenBytes.check("0.2", "entry-reused", entry, new AccountEntry.Tagged("cam", true));
        GoldenBytes.check(
                "0.2",
                "entry-sampled-out",
                entry,
                new AccountEntry.SampledOut("cam", SampledOut.MOTION));
        GoldenBytes.check(
                "0.2",
                "account-reasons",
                new StreamAccountSerializer(),
                new StreamAccount(
                        StreamState.UP,
                        20,
                        18,
                        17,
                        5,
                        Map.of(SampledOut.RATE, 3L, SampledOut.MOTION, 1L),
                        Map.of("stale", 4L),
                        Map.of(),
                        null,
                        null));
    }

    private static <T> void check(String name, TypeSerializer<T> serializer, T value)
            throws IOException {
        GoldenBytes.check("0.2", name, serializer, value);
        GoldenBytes.checkRead("0.1", name, serializer, value);
    }
}
