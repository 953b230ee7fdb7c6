package io.frametag.connectors.video;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which streams are wanted, which wait for a reader, which reader has which, and which have ended.
 * For the enumerator's thread.
 */
final class StreamPlan {

    private final Map<String, VideoSplit> waiting = new LinkedHashMap<>();
    private final Set<String> known;
    private final Map<String, VideoStream> handedOut;
    private final Map<String, Long> ended;
    private final Map<String, Integer> owners = new HashMap<>();

    /** Streams whose readers have been told to end them. */
    private final Set<String> ending = new HashSet<>();

    private final Map<String, Integer> toEnd = new TreeMap<>();

    /** Streams whose secrets their readers have been told. */
    private final Set<String> told = new HashSet<>();

    /** In the order given; null until the list has been read. */
    private @Nullable Map<String, VideoStream> wanted;

    StreamPlan(VideoEnumeratorState state) {
        known = new HashSet<>(state.known());
        handedOut = new HashMap<>(state.streams());
        ended = new HashMap<>(state.ended());
        reported(state.waiting());
    }

    void wanted(Collection<VideoStream> streams) {
        Map<String, VideoStream> all = new LinkedHashMap<>();
        streams.forEach(stream -> all.put(stream.id(), stream));
        wanted = all;
    }

    /** Splits that no reader has now. */
    void reported(Collection<VideoSplit> splits) {
        for (VideoSplit split : splits) {
            String id = split.splitId();
            known.add(id);
            ended.remove(id);
            handedOut.putIfAbsent(id, split.stream());
            waiting.put(id, split);
        }
    }

    /** Splits that go back to the reader that had them. */
    Map<Integer, List<VideoSplit>> givenBack(Collection<VideoSplit> splits, int reader) {
        reported(splits);
        Map<Integer, List<VideoSplit>> assignment = new TreeMap<>();
        splits.forEach(split -> hand(split.splitId(), reader, assignment));
        return assignment;
    }

    /** That reader has nothing now. */
    void lost(int reader) {
        owners.values().removeIf(owner -> owner == reader);
        ending.removeIf(id -> !owners.containsKey(id));
        told.removeIf(id -> !owners.containsKey(id));
    }

    /** Compares what is wanted with what there is. All readers must have said what they have. */
    void reconcile() {
        if (wanted == null) {
            return;
        }
        for (VideoStream stream : wanted.values()) {
            if (!known.contains(stream.id())) {
                wait(new VideoSplit(stream, VideoPosition.START));
            } else if (!handedOut.getOrDefault(stream.id(), stream).isAs(stream)) {
                change(stream);
            } else {
                handedOut.put(stream.id(), stream);
            }
        }
        for (String id : List.copyOf(known)) {
            if (!wanted.containsKey(id)) {
                remove(id);
            }
        }
    }

    private void wait(VideoSplit split) {
        known.add(split.splitId());
        ended.remove(split.splitId());
        handedOut.put(split.splitId(), split.stream());
        waiting.put(split.splitId(), split);
    }

    private void change(VideoStream stream) {
        if (owners.containsKey(stream.id())) {
            end(stream.id());
        } else {
            VideoSplit before = waiting.get(stream.id());
            long sequence =
                    before != null ? before.nextSequence() : ended.getOrDefault(stream.id(), 0L);
            wait(new VideoSplit(stream, VideoPosition.START.numberedFrom(sequence)));
        }
    }

    private void remove(String id) {
        VideoSplit split = waiting.get(id);
        if (owners.containsKey(id)) {
            end(id);
        } else if (split == null || !split.position().opened()) {
            forget(id);
        }
        // One that was opened is handed out first, for its end to be reported.
    }

    private void forget(String id) {
        waiting.remove(id);
        known.remove(id);
        handedOut.remove(id);
        ended.remove(id);
    }

    private void end(String id) {
        if (ending.add(id)) {
            toEnd.put(id, owners.get(id));
        }
    }

    /** A reader has finished a stream. */
    void ended(String id, int reader, long nextSequence) {
        if (!owners.remove(id, reader)) {
            return;
        }
        told.remove(id);
        VideoStream now = wanted == null ? handedOut.get(id) : wanted.get(id);
        boolean asked = ending.remove(id);
        if (now == null) {
            forget(id);
        } else if (asked) {
            wait(new VideoSplit(now, VideoPosition.START.numberedFrom(nextSequence)));
        } else {
            ended.put(id, nextSequence);
        }
    }

    /** Gives each waiting split to the reader that has fewest. */
    Map<Integer, List<VideoSplit>> handOut(Collection<Integer> readers) {
        Map<Integer, Integer> loads = new TreeMap<>();
        readers.forEach(reader -> loads.put(reader, 0));
        owners.values().forEach(reader -> loads.merge(reader, 1, Integer::sum));
        Map<Integer, List<VideoSplit>> assignment = new TreeMap<>();
        for (String id : List.copyOf(waiting.keySet())) {
            int fewest =
                    loads.entrySet().stream()
                            .min(Map.Entry.comparingByValue())
                            .orElseThrow()
                            .getKey();
            loads.merge(fewest, 1, Integer::sum);
            hand(id, fewest, assignment);
        }
        return assignment;
    }

    private void hand(String id, int reader, Map<Integer, List<VideoSplit>> assignment) {
        VideoSplit split = waiting.remove(id);
        owners.put(id, reader);
        assignment.computeIfAbsent(reader, r -> new ArrayList<>()).add(split);
        if (wanted != null && !wanted.containsKey(id)) {
            end(id);
        }
    }

    /** Streams to be ended, with their readers; each is given once. */
    Map<String, Integer> takeToEnd() {
        Map<String, Integer> taken = new TreeMap<>(toEnd);
        toEnd.clear();
        return taken;
    }

    /** Secrets that readers need and have not been told; each is given once. */
    Map<Integer, HashMap<String, List<String>>> takeSecrets() {
        Map<Integer, HashMap<String, List<String>>> taken = new TreeMap<>();
        owners.forEach(
                (id, reader) -> {
                    List<String> secrets = handedOut.get(id).secrets();
                    if (secrets != null && !secrets.isEmpty() && told.add(id)) {
                        taken.computeIfAbsent(reader, r -> new HashMap<>()).put(id, secrets);
                    }
                });
        return taken;
    }

    VideoEnumeratorState state(Collection<List<VideoSplit>> returning) {
        List<VideoSplit> splits = new ArrayList<>(waiting.values());
        returning.forEach(splits::addAll);
        return new VideoEnumeratorState(splits, known, handedOut, ended);
    }
}
