package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.StreamItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.clock.SystemClock;

/**
 * Reads videos, each as a stream of its own: any container and codec that FFmpeg decodes. For each
 * stream it emits, in order, a report that it is up, its sampled frames as pixels, before each a
 * report on the frames left out since the last, and a report on how it ended.
 *
 * <p><b>Counts.</b> Every frame of a file is emitted, or reported as sampled out, or reported as
 * failed ({@code corrupt}); sequence numbers count them all.
 *
 * <p><b>Event time.</b> A frame's time in the file, in milliseconds, after what {@link Playback}
 * says; never backwards within a stream. Records carry it as their timestamp; watermarks, per
 * stream, are the caller's.
 *
 * <p><b>Exactly once.</b> The position of each stream is checkpointed; after a restore the same
 * items follow that would have followed without it. Played in real time, a stream that was away for
 * more than ten seconds goes on at the present instead, as a camera would.
 *
 * <p><b>Failures.</b> A file that is missing, is no video or has no frames ends its stream with a
 * report ({@code REFUSED}, with one line that says why); a file that is cut short gives the frames
 * it has, then {@code ENDED} with the error. The job and the other streams go on. Each stream has a
 * thread of its own, so that a slow one holds up no other.
 *
 * <p><b>Bounded</b>, unless it loops: then it never ends.
 *
 * <p><b>Security.</b> Only files are opened, only as container formats, and no picture larger than
 * the limits is decoded.
 */
@PublicEvolving
public final class VideoSource
        implements Source<StreamItem, VideoSplit, VideoEnumeratorState>,
                ResultTypeQueryable<StreamItem> {

    private static final long serialVersionUID = 1L;

    /** A map does not keep their order, which the even distribution follows. */
    private final ArrayList<Map.Entry<String, String>> streams;

    private final VideoSettings settings;

    VideoSource(List<Map.Entry<String, String>> streams, VideoSettings settings) {
        this.streams = new ArrayList<>(streams);
        this.settings = settings;
    }

    public static VideoSourceBuilder builder() {
        return new VideoSourceBuilder();
    }

    /**
     * Opens a video and decodes its first frame, so that a job can fail before it starts. Blocks
     * for at most about half a minute per read.
     *
     * @throws VideoException where a source would refuse the stream; the message is one line
     */
    public static void check(String uri) throws VideoException {
        try (Interruption interruption = new Interruption(Duration.ofSeconds(30));
                VideoReader reader =
                        VideoReader.open(uri, PictureLimits.defaults(), interruption)) {
            VideoReader.Step step = reader.next();
            while (step == VideoReader.Step.FAILED) {
                step = reader.next();
            }
            if (step == VideoReader.Step.END) {
                String error = reader.error();
                throw new VideoException(
                        error != null
                                ? VideoFile.parse(uri) + ": " + error
                                : "the video in " + uri + " has no frames; copy it again");
            }
        } catch (InterruptedVideoException e) {
            throw new VideoException("checking the video was interrupted", e);
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return settings.playback().loop() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<StreamItem, VideoSplit> createReader(SourceReaderContext context) {
        return new VideoSourceReader(settings, SystemClock.getInstance(), context);
    }

    @Override
    public SplitEnumerator<VideoSplit, VideoEnumeratorState> createEnumerator(
            SplitEnumeratorContext<VideoSplit> context) {
        return restoreEnumerator(context, new VideoEnumeratorState(List.of(), Set.of()));
    }

    @Override
    public SplitEnumerator<VideoSplit, VideoEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<VideoSplit> context, VideoEnumeratorState state) {
        List<VideoSplit> waiting = new ArrayList<>(state.waiting());
        Set<String> known = new HashSet<>(state.known());
        for (Map.Entry<String, String> stream : streams) {
            if (known.add(stream.getKey())) {
                waiting.add(
                        new VideoSplit(stream.getKey(), stream.getValue(), VideoPosition.START));
            }
        }
        return new VideoEnumerator(context, new VideoEnumeratorState(waiting, known));
    }

    @Override
    public SimpleVersionedSerializer<VideoSplit> getSplitSerializer() {
        return new VideoSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<VideoEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new VideoEnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<StreamItem> getProducedType() {
        return TypeInformation.of(StreamItem.class);
    }

    @Override
    public String toString() {
        return "VideoSource"
                + streams.stream().map(Map.Entry::getKey).toList()
                + " "
                + settings.sampling();
    }
}
