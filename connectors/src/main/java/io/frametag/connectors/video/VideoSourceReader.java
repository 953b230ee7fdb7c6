package io.frametag.connectors.video;

import io.frametag.operators.data.StreamItem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.util.clock.Clock;

/** Emits what the fetchers read. Runs in the task's thread. */
@SuppressWarnings("try") // Flink's base class declares that close() may throw anything.
final class VideoSourceReader
        extends SourceReaderBase<VideoRecord, StreamItem, VideoSplit, VideoSplitState> {

    private final StreamPlayers players;
    private final StreamEndings endings;
    private final Set<String> held = new HashSet<>();

    VideoSourceReader(VideoSettings settings, Clock clock, SourceReaderContext context) {
        this(
                new StreamPlayers(settings, clock, context.metricGroup()),
                clock,
                new StreamEndings(),
                context);
    }

    private VideoSourceReader(
            StreamPlayers players,
            Clock clock,
            StreamEndings endings,
            SourceReaderContext context) {
        super(
                new VideoFetcherManager(
                        () -> new VideoSplitReader(players::play, new Pacer(clock), endings),
                        endings,
                        context.getConfiguration()),
                VideoSourceReader::emit,
                context.getConfiguration(),
                context);
        this.players = players;
        this.endings = endings;
    }

    private static void emit(
            VideoRecord record, SourceOutput<StreamItem> output, VideoSplitState state) {
        if (record.eventTime() == VideoPosition.NONE) {
            output.collect(record.item());
        } else {
            output.collect(record.item(), record.eventTime());
        }
        state.emitted(record);
    }

    @Override
    public void addSplits(List<VideoSplit> splits) {
        splits.forEach(split -> held.add(split.splitId()));
        super.addSplits(splits);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        // One that has just ended of itself must not end its successor too.
        if (event instanceof EndStreamEvent end && held.contains(end.stream())) {
            ((VideoFetcherManager) splitFetcherManager).end(end.stream());
        } else if (event instanceof StreamSecretsEvent secrets) {
            players.learn(secrets.secrets());
        }
    }

    @Override
    protected void onSplitFinished(Map<String, VideoSplitState> finished) {
        finished.forEach(
                (stream, state) -> {
                    held.remove(stream);
                    endings.done(stream);
                    context.sendSourceEventToCoordinator(
                            new StreamEndedEvent(stream, state.toSplit().nextSequence()));
                });
    }

    @Override
    protected VideoSplitState initializedState(VideoSplit split) {
        return new VideoSplitState(split);
    }

    @Override
    protected VideoSplit toSplitType(String splitId, VideoSplitState state) {
        return state.toSplit();
    }
}
