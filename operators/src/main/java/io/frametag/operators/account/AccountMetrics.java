package io.frametag.operators.account;

import io.frametag.operators.data.Counts;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamReport;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The counts of all streams of one {@link StreamAccounting}, since its task started. */
final class AccountMetrics {

    private final Counter framesIn;
    private final Counter framesTagged;
    private final Counter framesReused;
    private final Counter framesSampledOut;
    private final Counter framesSampledOutByRate;
    private final Counter framesSampledOutByMotion;
    private final Counter framesSampledOutByKeyframe;
    private final Counter framesDropped;
    private final Counter framesFailed;

    AccountMetrics(MetricGroup group) {
        framesIn = group.counter("framesIn");
        framesTagged = group.counter("framesTagged");
        framesReused = group.counter("framesReused");
        framesSampledOut = group.counter("framesSampledOut");
        framesSampledOutByRate = group.counter("framesSampledOutByRate");
        framesSampledOutByMotion = group.counter("framesSampledOutByMotion");
        framesSampledOutByKeyframe = group.counter("framesSampledOutByKeyframe");
        framesDropped = group.counter("framesDropped");
        framesFailed = group.counter("framesFailed");
    }

    void count(AccountEntry entry) {
        if (entry instanceof AccountEntry.Entered) {
            framesIn.inc();
        } else if (entry instanceof AccountEntry.Tagged tagged) {
            framesTagged.inc();
            framesReused.inc(tagged.reused() ? 1 : 0);
        } else if (entry instanceof AccountEntry.SampledOut sampledOut) {
            countSampledOut(Map.of(sampledOut.reason(), 1L));
        } else if (entry instanceof AccountEntry.Dropped) {
            framesDropped.inc();
        } else if (entry instanceof AccountEntry.Failed) {
            framesFailed.inc();
        } else if (entry instanceof AccountEntry.Reported reported) {
            count(reported.report());
        }
    }

    private void count(StreamReport report) {
        long dropped = Counts.sum(report.dropped());
        long failed = Counts.sum(report.failed());
        framesIn.inc(report.sampledOut() + dropped + failed);
        countSampledOut(report.sampledOutBy());
        framesDropped.inc(dropped);
        framesFailed.inc(failed);
    }

    private void countSampledOut(Map<String, Long> byReason) {
        framesSampledOut.inc(Counts.sum(byReason));
        framesSampledOutByRate.inc(byReason.getOrDefault(SampledOut.RATE, 0L));
        framesSampledOutByMotion.inc(byReason.getOrDefault(SampledOut.MOTION, 0L));
        framesSampledOutByKeyframe.inc(byReason.getOrDefault(SampledOut.KEYFRAME, 0L));
    }
}
