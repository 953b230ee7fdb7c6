package io.frametag.connectors.video;

import io.frametag.operators.data.StreamItem;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.util.clock.Clock;

/** Emits what the fetchers read. Runs in the task's thread. */
@SuppressWarnings("try") // Flink's base class declares that close() may throw anything.
final class VideoSourceReader
        extends SourceReaderBase<VideoRecord, StreamItem, VideoSplit, VideoSplitState> {

    VideoSourceReader(VideoSettings settings, Clock clock, SourceReaderContext context) {
        super(
                new VideoFetcherManager(
                        () ->
                                new VideoSplitReader(
                                        split -> new VideoPlayer(split, settings, clock),
                                        new Pacer(clock)),
                        context.getConfiguration()),
                VideoSourceReader::emit,
                context.getConfiguration(),
                context);
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
    protected void onSplitFinished(Map<String, VideoSplitState> finished) {
        // Streams are handed out once, at the start: there is no other to ask for.
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
