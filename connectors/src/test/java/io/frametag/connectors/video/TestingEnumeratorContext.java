package io.frametag.connectors.video;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Remembers what an enumerator assigns, and to whom. */
final class TestingEnumeratorContext implements SplitEnumeratorContext<VideoSplit> {

    private final int parallelism;
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();
    private final Map<Integer, List<String>> assigned = new HashMap<>();
    private final Set<Integer> toldNoMore = new TreeSet<>();
    private final List<String> toldToEnd = new ArrayList<>();
    private final Map<String, List<String>> secrets = new HashMap<>();
    private Callable<?> poll = () -> null;
    private VideoSplit lastAssigned;

    TestingEnumeratorContext(int parallelism) {
        this.parallelism = parallelism;
    }

    void register(int reader, VideoSplit... restored) {
        readers.put(reader, ReaderInfo.createReaderInfo(reader, "here", List.of(restored)));
    }

    /** Reads the directory once, as the source does at each interval. */
    void runCallable() throws Exception {
        poll.call();
    }

    Map<String, List<String>> secrets() {
        return secrets;
    }

    List<String> toldToEnd() {
        return toldToEnd;
    }

    VideoSplit lastAssigned() {
        return lastAssigned;
    }

    void unregister(int reader) {
        readers.remove(reader);
    }

    List<String> assignedTo(int reader) {
        return assigned.getOrDefault(reader, List.of());
    }

    Set<Integer> toldNoMore() {
        return toldNoMore;
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }

    @Override
    public void sendEventToSourceReader(int reader, SourceEvent event) {
        if (event instanceof EndStreamEvent end) {
            toldToEnd.add(end.stream() + " at " + reader);
        } else if (event instanceof StreamSecretsEvent told) {
            secrets.putAll(told.secrets());
        }
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<VideoSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (reader, splits) ->
                                splits.forEach(
                                        split -> {
                                            assigned.computeIfAbsent(reader, r -> new ArrayList<>())
                                                    .add(split.splitId());
                                            lastAssigned = split;
                                        }));
    }

    @Override
    public void signalNoMoreSplits(int reader) {
        toldNoMore.add(reader);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
        poll =
                () -> {
                    T value = null;
                    Throwable failure = null;
                    try {
                        value = callable.call();
                    } catch (Exception e) {
                        failure = e;
                    }
                    handler.accept(value, failure);
                    return null;
                };
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }
}
