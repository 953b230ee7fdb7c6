package io.frametag.connectors.video;

import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherManager;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/** One fetcher thread per stream, so that a slow or hanging stream holds up no other. */
final class VideoFetcherManager extends SplitFetcherManager<VideoRecord, VideoSplit> {

    private final StreamEndings endings;

    VideoFetcherManager(
            Supplier<SplitReader<VideoRecord, VideoSplit>> readers,
            StreamEndings endings,
            Configuration configuration) {
        super(readers, configuration);
        this.endings = endings;
    }

    @Override
    public void addSplits(List<VideoSplit> splits) {
        for (VideoSplit split : splits) {
            SplitFetcher<VideoRecord, VideoSplit> fetcher = createSplitFetcher();
            fetcher.addSplits(List.of(split));
            startFetcher(fetcher);
        }
    }

    /** Has a stream end after what its fetcher has read already. For the task's thread. */
    void end(String stream) {
        endings.ask(stream);
        // Its fetcher may be waiting; to wake the others is harmless.
        fetchers.values().forEach(fetcher -> fetcher.getSplitReader().wakeUp());
    }

    @Override
    public void removeSplits(List<VideoSplit> splits) {
        fetchers.values().forEach(fetcher -> fetcher.removeSplits(splits));
    }
}
