package io.frametag.connectors.video;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is read equal to what is listed: hands new streams to the reader that has fewest, has
 * streams ended that are no longer listed, and starts those again that are listed with another
 * address or other settings.
 *
 * <p>When the job starts, restarts or is rescaled, nothing is handed out before all readers are
 * there, so that the load is even: readers report the splits of their restored state instead of
 * going on with them. Until then these splits wait here, and are in this state's checkpoints. What
 * a reader had that fails alone goes back to the one that takes its place, since the others may
 * have been told already that no more will come, and have ended.
 *
 * <p>Runs in the coordinator's thread, but for the directory's reads. Owns the directory.
 */
final class VideoEnumerator implements SplitEnumerator<VideoSplit, VideoEnumeratorState> {

    private static final Logger LOG = LoggerFactory.getLogger(VideoEnumerator.class);

    private final SplitEnumeratorContext<VideoSplit> context;
    private final StreamListing listing;
    private final StreamPlan plan;

    /** Splits that a failed reader had, until it is there again. */
    private final Map<Integer, List<VideoSplit>> returning = new TreeMap<>();

    /** Reads of the directory that failed anew, and entries that were passed over. */
    private final Counter listProblems;

    private boolean spread;
    private boolean listed;
    private String lastFailure = "";

    VideoEnumerator(
            SplitEnumeratorContext<VideoSplit> context,
            StreamListing listing,
            VideoEnumeratorState state) {
        this.context = context;
        this.listing = listing;
        plan = new StreamPlan(state);
        listProblems = context.metricGroup().counter("listProblems");
    }

    @Override
    public void start() {
        StreamDirectory directory = listing.directory();
        if (directory == null) {
            plan.wanted(listing.fixed().values());
            listed = true;
        } else {
            context.callAsync(
                    () -> new ListRead(directory.read(), directory.problems()),
                    this::listed,
                    0,
                    listing.interval().toMillis());
        }
    }

    /**
     * What one read of the directory gave.
     *
     * @param problems one line for each entry that it passed over
     */
    private record ListRead(Set<VideoStream> streams, List<String> problems) {}

    private void listed(@Nullable ListRead read, @Nullable Throwable failure) {
        if (read != null) {
            Set<VideoStream> streams = read.streams();
            for (String problem : read.problems()) {
                listProblems.inc();
                LOG.warn("The list of video streams has an entry that is passed over: {}", problem);
            }
            Map<String, VideoStream> all = new LinkedHashMap<>(listing.fixed());
            streams.forEach(stream -> all.putIfAbsent(stream.id(), stream));
            plan.wanted(all.values());
            lastFailure = "";
        } else {
            tell(String.valueOf(failure == null ? null : failure.getMessage()));
        }
        listed = true;
        handOut();
    }

    /** Once, not at each try. */
    private void tell(String failure) {
        if (!failure.equals(lastFailure)) {
            listProblems.inc();
            LOG.warn(
                    "The list of video streams can't be read; they go on as they are: {}", failure);
            lastFailure = failure;
        }
    }

    @Override
    public void addReader(int reader) {
        List<VideoSplit> reported =
                context.registeredReaders().get(reader).getReportedSplitsOnRegistration();
        if (spread) {
            returning.computeIfAbsent(reader, r -> new ArrayList<>()).addAll(reported);
            giveBack(reader);
        } else {
            plan.reported(reported);
        }
        handOut();
    }

    private void giveBack(int reader) {
        List<VideoSplit> splits = returning.remove(reader);
        if (splits != null && !splits.isEmpty()) {
            assign(plan.givenBack(splits, reader));
        }
        if (listing.directory() == null) {
            context.signalNoMoreSplits(reader);
        }
    }

    private void handOut() {
        Collection<Integer> readers = new TreeSet<>(context.registeredReaders().keySet());
        if (!listed || readers.size() < context.currentParallelism()) {
            return;
        }
        boolean first = !spread;
        spread = true;
        plan.reconcile();
        assign(plan.handOut(readers));
        plan.takeToEnd()
                .forEach(
                        (stream, reader) ->
                                context.sendEventToSourceReader(
                                        reader, new EndStreamEvent(stream)));
        if (first && listing.directory() == null) {
            readers.forEach(context::signalNoMoreSplits);
        }
    }

    private void assign(Map<Integer, List<VideoSplit>> splits) {
        plan.takeSecrets()
                .forEach(
                        (reader, secrets) ->
                                context.sendEventToSourceReader(
                                        reader, new StreamSecretsEvent(secrets)));
        if (!splits.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(splits));
        }
    }

    @Override
    public void addSplitsBack(List<VideoSplit> splits, int reader) {
        plan.lost(reader);
        if (spread) {
            returning.computeIfAbsent(reader, r -> new ArrayList<>()).addAll(splits);
            if (context.registeredReaders().containsKey(reader)) {
                giveBack(reader);
            }
        } else {
            plan.reported(splits);
        }
    }

    @Override
    public void handleSourceEvent(int reader, SourceEvent event) {
        if (event instanceof StreamEndedEvent ended) {
            plan.ended(ended.stream(), reader, ended.nextSequence());
            handOut();
        }
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
        // Readers don't ask: they are given what there is.
    }

    @Override
    public VideoEnumeratorState snapshotState(long checkpointId) {
        return plan.state(returning.values());
    }

    @Override
    public void close() throws IOException {
        if (listing.directory() != null) {
            listing.directory().close();
        }
    }
}
