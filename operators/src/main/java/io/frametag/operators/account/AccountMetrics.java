package io.frametag.operators.account;

import io.frametag.operators.data.StreamReport;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The counts of all streams of one {@link StreamAccounting}, since its task started. */
final class AccountMetrics {

    private final Counter framesIn;
    private final Counter framesTagged;
    private final Counter framesSampledOut;
    private final Counter framesDropped;
    private final Counter framesFailed;

    AccountMetrics(MetricGroup group) {
        framesIn = group.counter("framesIn");
        framesTagged = group.counter("framesTagged");
        framesSampledOut = group.counter("framesSampledOut");
        framesDropped = group.counter("framesDropped");
        framesFailed = group.counter("framesFailed");
    }

    void count(AccountEntry entry) {
        if (entry instanceof AccountEntry.Entered) {
            framesIn.inc();
        } else if (entry instanceof AccountEntry.Tagged) {
            framesTagged.inc();
        } else if (entry instanceof AccountEntry.Dropped) {
            framesDropped.inc();
        } else if (entry instanceof AccountEntry.Failed) {
            framesFailed.inc();
        } else if (entry instanceof AccountEntry.Reported reported) {
            count(reported.report());
        }
    }

    private void count(StreamReport report) {
        long dropped = sum(report.dropped());
        long failed = sum(report.failed());
        framesIn.inc(report.sampledOut() + dropped + failed);
        framesSampledOut.inc(report.sampledOut());
        framesDropped.inc(dropped);
        framesFailed.inc(failed);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
