package io.frametag.connectors.video;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream on a fetcher thread of its own, one kept frame per fetch: frames are large, and
 * Flink's queue behind this counts fetches.
 *
 * <p>{@link #wakeUp()} comes from any thread, all else from the fetcher's. Owns the player.
 */
final class VideoSplitReader implements SplitReader<VideoRecord, VideoSplit> {

    private final Function<VideoSplit, StreamPlayer> players;
    private final Pacer pacer;
    private final StreamEndings endings;
    private final Deque<VideoRecord> waiting = new ArrayDeque<>();
    private @Nullable String splitId;
    private volatile @Nullable StreamPlayer player;
    private boolean paused;

    VideoSplitReader(
            Function<VideoSplit, StreamPlayer> players, Pacer pacer, StreamEndings endings) {
        this.players = players;
        this.pacer = pacer;
        this.endings = endings;
    }

    @Override
    public RecordsWithSplitIds<VideoRecord> fetch() throws IOException {
        RecordsBySplits.Builder<VideoRecord> records = new RecordsBySplits.Builder<>();
        StreamPlayer playing = player;
        if (playing == null) {
            return records.build();
        }
        if (endings.isAsked(splitId)) {
            waiting.addAll(playing.finish());
            records.addAll(splitId, List.copyOf(waiting));
            records.addFinishedSplit(splitId);
            close();
            return records.build();
        }
        if (paused) {
            pacer.awaitNap();
            return records.build();
        }
        if (waiting.isEmpty()) {
            waiting.addAll(playing.next());
        }
        while (!waiting.isEmpty() && isDue(waiting.peek())) {
            records.add(splitId, waiting.poll());
        }
        if (waiting.isEmpty() && playing.isFinished()) {
            records.addFinishedSplit(splitId);
            close();
        }
        return records.build();
    }

    private boolean isDue(VideoRecord record) {
        return record.dueMillis() == VideoPosition.NONE || pacer.awaitUntil(record.dueMillis());
    }

    @Override
    public void handleSplitsChanges(SplitsChange<VideoSplit> change) {
        if (change instanceof SplitsAddition) {
            Iterator<VideoSplit> splits = change.splits().iterator();
            VideoSplit split = splits.next();
            if (player != null || splits.hasNext()) {
                throw new IllegalStateException("a video fetcher reads one stream only");
            }
            splitId = split.splitId();
            player = players.apply(split);
        } else if (change.splits().stream().anyMatch(s -> s.splitId().equals(splitId))) {
            close();
        }
    }

    @Override
    public void pauseOrResumeSplits(
            Collection<VideoSplit> toPause, Collection<VideoSplit> toResume) {
        if (toPause.stream().anyMatch(s -> s.splitId().equals(splitId))) {
            paused = true;
        }
        if (toResume.stream().anyMatch(s -> s.splitId().equals(splitId))) {
            paused = false;
        }
    }

    @Override
    public void wakeUp() {
        StreamPlayer playing = player;
        if (playing != null) {
            playing.interrupt();
        }
        pacer.wake();
    }

    @Override
    public void close() {
        StreamPlayer playing = player;
        player = null;
        waiting.clear();
        if (playing != null) {
            playing.close();
        }
    }
}
