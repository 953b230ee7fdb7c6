package io.frametag.operators.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // closing a harness may be interrupted
final class StreamAccountingTest {

    private static KeyedOneInputStreamOperatorTestHarness<String, AccountEntry, StreamStatus>
            harness() throws Exception {
        return ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                new StreamAccounting(Duration.ofSeconds(1)), AccountEntry::stream, Types.STRING);
    }

    private static AccountEntry report(StreamState state) {
        return new AccountEntry.Reported(
                new StreamReport("a", 0, state, 2, Map.of("stale", 1L), Map.of(), null));
    }

    private static AccountEntry entered(long frameTime) {
        return new AccountEntry.Entered("a", frameTime);
    }

    private static void addsUp(StreamStatus status) {
        assertThat(status.in())
                .isEqualTo(
                        status.tagged()
                                + status.sampledOut()
                                + status.droppedTotal()
                                + status.failedTotal()
                                + status.inFlight());
        assertThat(status.inFlight()).isNotNegative();
        if (status.state() == StreamState.ENDED) {
            assertThat(status.inFlight()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theCountsAddUpAtAnyTimeInWhateverOrderEntriesCome(long seed) throws Exception {
        Random random = new Random(seed);
        List<AccountEntry> entries = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            entries.add(entered(i));
            entries.add(
                    switch (random.nextInt(5)) {
                        case 0 -> new AccountEntry.Tagged("a");
                        case 1 -> new AccountEntry.Tagged("a", true);
                        case 2 -> new AccountEntry.SampledOut("a", SampledOut.MOTION);
                        case 3 -> new AccountEntry.Dropped("a", "no-prompts");
                        default -> new AccountEntry.Failed("a", "corrupt");
                    });
        }
        for (int i = 0; i < 10; i++) {
            entries.add(report(StreamState.UP));
        }
        Collections.shuffle(entries, random);
        entries.add(report(StreamState.ENDED));
        try (var harness = harness()) {
            StreamAccount account = StreamAccount.EMPTY;
            for (AccountEntry entry : entries) {
                account = account.plus(entry);
                addsUp(account.status("a", 0));
                harness.processElement(entry, 0);
                harness.setProcessingTime(harness.getProcessingTime() + random.nextInt(400));
            }
            harness.processWatermark(Long.MAX_VALUE);

            List<StreamStatus> told = harness.extractOutputValues();
            assertThat(told).hasSizeGreaterThan(10).allSatisfy(StreamAccountingTest::addsUp);
            StreamStatus last = told.get(told.size() - 1);
            assertThat(last.in()).isEqualTo(300 + 11 * 3);
            assertThat(last.inFlight()).isZero();
            long gated = count(entries, new AccountEntry.SampledOut("a", SampledOut.MOTION));
            assertThat(last.sampledOutBy())
                    .isEqualTo(Map.of(SampledOut.RATE, 22L, SampledOut.MOTION, gated));
            assertThat(last.sampledOut()).isEqualTo(22 + gated);
            assertThat(last.reused()).isEqualTo(count(entries, new AccountEntry.Tagged("a", true)));
            assertThat(last.state()).isEqualTo(StreamState.ENDED);
            assertThat(last.lastFrameTime()).isEqualTo(299);
        }
    }

    private static long count(List<AccountEntry> entries, AccountEntry one) {
        return entries.stream().filter(one::equals).count();
    }

    @Test
    void tellsAtOnceWhenTheStateChangesAndOncePerIntervalOtherwise() throws Exception {
        try (var harness = harness()) {
            harness.processElement(report(StreamState.CONNECTING), 0);
            harness.processElement(entered(1), 0);
            harness.processElement(entered(2), 0);
            harness.processElement(entered(3), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(StreamStatus::state)
                    .containsExactly(StreamState.CONNECTING, StreamState.UP);

            harness.setProcessingTime(1_000);
            assertThat(harness.extractOutputValues()).hasSize(3);
            harness.setProcessingTime(5_000);
            assertThat(harness.extractOutputValues()).hasSize(3);
            assertThat(harness.extractOutputValues().get(2).in()).isEqualTo(6);
        }
    }

    @Test
    void aStreamHasNotEndedBeforeItsFramesAreAccountedFor() throws Exception {
        try (var harness = harness()) {
            harness.processElement(entered(1), 0);
            harness.processElement(report(StreamState.ENDED), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(StreamStatus::state)
                    .containsExactly(StreamState.UP);

            harness.processElement(new AccountEntry.Tagged("a"), 0);
            assertThat(harness.extractOutputValues())
                    .extracting(StreamStatus::state)
                    .containsExactly(StreamState.UP, StreamState.ENDED);
        }
    }

    @Test
    void countsSurviveARestore() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness()) {
            harness.processElement(entered(1), 0);
            harness.processElement(report(StreamState.UP), 0);
            snapshot = harness.snapshot(1, 1);
        }
        KeyedOneInputStreamOperatorTestHarness<String, AccountEntry, StreamStatus> restored =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new org.apache.flink.streaming.api.operators.KeyedProcessOperator<>(
                                new StreamAccounting(Duration.ofSeconds(1))),
                        AccountEntry::stream,
                        Types.STRING);
        try (restored) {
            restored.initializeState(snapshot);
            restored.open();
            restored.processElement(new AccountEntry.Tagged("a"), 0);
            restored.processWatermark(Long.MAX_VALUE);

            List<StreamStatus> told = restored.extractOutputValues();
            StreamStatus last = told.get(told.size() - 1);
            assertThat(last.in()).isEqualTo(4);
            assertThat(last.tagged()).isEqualTo(1);
            assertThat(last.inFlight()).isZero();
        }
    }

    @Test
    void anErrorIsToldAndGoneWithTheNextFrame() throws Exception {
        try (var harness = harness()) {
            harness.processElement(
                    new AccountEntry.Reported(
                            new StreamReport(
                                    "a", 0, StreamState.DOWN, 0, Map.of(), Map.of(), "no route")),
                    0);
            harness.processElement(entered(1), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(StreamStatus::error)
                    .containsExactly("no route", null);
        }
    }
}
