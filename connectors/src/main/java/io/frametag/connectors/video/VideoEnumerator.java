package io.frametag.connectors.video;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Hands the streams out in turn: each reader gets as many as any other, give or take one. What a
 * failed reader had goes back to the reader that takes its place, since the others may have been
 * told already that no more will come, and have ended.
 *
 * <p>Runs in the coordinator's thread.
 */
final class VideoEnumerator implements SplitEnumerator<VideoSplit, VideoEnumeratorState> {

    private final SplitEnumeratorContext<VideoSplit> context;
    private final Map<Integer, List<VideoSplit>> waiting = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private int next;

    VideoEnumerator(SplitEnumeratorContext<VideoSplit> context, VideoEnumeratorState state) {
        this.context = context;
        state.waiting().forEach(this::plan);
        known.addAll(state.known());
    }

    private void plan(VideoSplit split) {
        waiting.computeIfAbsent(next, reader -> new ArrayList<>()).add(split);
        next = (next + 1) % context.currentParallelism();
    }

    @Override
    public void start() {
        // Streams are planned already; readers get theirs when they register.
    }

    @Override
    public void addReader(int reader) {
        List<VideoSplit> splits = waiting.remove(reader);
        if (splits != null) {
            context.assignSplits(new SplitsAssignment<>(Map.of(reader, splits)));
        }
        context.signalNoMoreSplits(reader);
    }

    @Override
    public void addSplitsBack(List<VideoSplit> splits, int reader) {
        waiting.computeIfAbsent(reader, r -> new ArrayList<>()).addAll(splits);
        if (context.registeredReaders().containsKey(reader)) {
            addReader(reader);
        }
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
        // Readers don't ask: they are given all of theirs when they register.
    }

    @Override
    public VideoEnumeratorState snapshotState(long checkpointId) {
        return new VideoEnumeratorState(
                waiting.values().stream().flatMap(List::stream).toList(), known);
    }

    @Override
    public void close() {
        // Owns nothing.
    }
}
