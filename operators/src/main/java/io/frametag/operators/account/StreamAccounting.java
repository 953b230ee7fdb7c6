package io.frametag.operators.account;

import io.frametag.operators.data.StreamStatus;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the account of each stream and says how it stands: at once when the stream's state changes,
 * at most once per interval when its counts do, and a last time when all input has ended, by a
 * timer at the end of event time. Keyed by stream; exactly once, as its state is Flink's.
 */
@Internal
public final class StreamAccounting
        extends KeyedProcessFunction<String, AccountEntry, StreamStatus> {

    private static final long serialVersionUID = 1L;

    private final long intervalMs;

    private transient @Nullable ValueState<StreamAccount> accountState;

    /** Set while a timer is due: whether the account has changed since it was last told. */
    private transient @Nullable ValueState<Boolean> changedState;

    private transient @Nullable AccountMetrics metrics;

    public StreamAccounting(Duration interval) {
        this.intervalMs = interval.toMillis();
    }

    @Override
    public void open(OpenContext context) {
        accountState =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "account", new StreamAccountSerializer()));
        changedState =
                getRuntimeContext().getState(new ValueStateDescriptor<>("changed", Types.BOOLEAN));
        metrics = new AccountMetrics(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(AccountEntry entry, Context context, Collector<StreamStatus> out)
            throws Exception {
        metrics.count(entry);
        StreamAccount known = accountState.value();
        StreamAccount before = known == null ? StreamAccount.EMPTY : known;
        boolean over = context.timerService().currentWatermark() == Long.MAX_VALUE;
        StreamAccount after = over ? before.plus(entry).ended() : before.plus(entry);
        accountState.update(after);
        if (known == null) {
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }
        boolean now = known == null || over || after.shownState() != before.shownState();
        if (now) {
            out.collect(after.status(entry.stream(), time(context)));
        }
        tellLater(!now, context);
    }

    private void tellLater(boolean changed, Context context) throws Exception {
        @Nullable Boolean due = changedState.value();
        if (due == null && changed) {
            context.timerService().registerProcessingTimeTimer(time(context) + intervalMs);
        }
        if (due != null || changed) {
            changedState.update(changed);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<StreamStatus> out)
            throws Exception {
        StreamAccount account = accountState.value();
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            account = account.ended();
            accountState.update(account);
        } else {
            boolean changed = Boolean.TRUE.equals(changedState.value());
            changedState.clear();
            if (!changed) {
                return;
            }
        }
        out.collect(account.status(context.getCurrentKey(), time(context)));
    }

    private static long time(Context context) {
        return context.timerService().currentProcessingTime();
    }
}
