package io.frametag.connectors.video;

import io.frametag.models.picture.PictureLimits;
import io.frametag.operators.data.StreamItem;
import java.time.Duration;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.clock.SystemClock;

/**
 * Reads videos and cameras, each as a stream of its own: any container and codec that FFmpeg
 * decodes, from files, RTSP, HTTP (motion JPEG, HLS), SRT, UDP, RTMP and the devices of a machine;
 * and pictures and folders of them, each file a frame, which no sampling leaves out here. For each
 * stream it emits, in order, a report that it is up, its sampled frames as pixels, before each a
 * report on the frames left out since the last, and reports on what becomes of it.
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
 * <p><b>Changes.</b> With a {@link StreamDirectory}, streams come and go while the job runs: one
 * that is no longer listed ends with {@code ENDED}; one whose address or settings have changed ends
 * and starts again, its numbers going on. Streams are spread evenly over the readers whenever the
 * job starts, restarts or is rescaled; new ones go to the reader that has fewest.
 *
 * <p><b>Live streams</b> can't be replayed: after a restart they go on at the present, their
 * numbers from the checkpoint. Each is read on a thread of its own, which is given up where it
 * hangs, and opened anew when it stalls, ends or is lost; see docs/cameras.md. By default their
 * newest frame goes first, and those it overtakes are counted as dropped ({@code superseded}).
 *
 * <p><b>Bounded</b>, unless a stream is live or loops or there is a directory: then it never ends.
 *
 * <p><b>Security.</b> Only the schemes and hosts of {@link CameraSettings} are opened, each with
 * the protocols and formats that it needs and no other, and no picture larger than the limits is
 * decoded. User names, passwords and tokens are in no message, log or checkpoint.
 */
@PublicEvolving
public final class VideoSource
        implements Source<StreamItem, VideoSplit, VideoEnumeratorState>,
                ResultTypeQueryable<StreamItem>,
                SupportsSplitReassignmentOnRecovery {

    private static final long serialVersionUID = 1L;

    private final StreamListing listing;
    private final VideoSettings settings;

    VideoSource(StreamListing listing, VideoSettings settings) {
        this.listing = listing;
        this.settings = settings;
    }

    public static VideoSourceBuilder builder() {
        return new VideoSourceBuilder();
    }

    /**
     * Opens a file and decodes its first frame, or looks whether there are pictures, so that a job
     * can fail before it starts. Blocks for at most about half a minute per read. A live stream is
     * not opened, since it may be down now and up later: only its address is looked at, and whether
     * this build of FFmpeg can read it.
     *
     * @throws VideoException where a source would refuse the stream; the message is one line
     */
    public static void check(String uri) throws VideoException {
        check(uri, CameraSettings.defaults());
    }

    /** As {@link #check(String)}, with what live streams may connect to. */
    public static void check(String uri, CameraSettings cameras) throws VideoException {
        StreamAddress address = address(uri);
        if (address.isLive()) {
            String plain = address.isNetwork() ? address.withoutCredentials() : uri;
            new LiveInput(plain, RtspTransport.TCP, cameras).inputFormat();
            return;
        }
        PictureFiles pictures = address.pictures();
        if (pictures != null) {
            pictures.check(address.isWatched());
            return;
        }
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

    private static StreamAddress address(String uri) throws VideoException {
        try {
            return StreamAddress.parse(uri);
        } catch (IllegalArgumentException e) {
            throw VideoException.refused(e.getMessage());
        }
    }

    /**
     * Watermarks for a job with live streams: each stream has its own, and one that gives no frame
     * for a while holds up no other.
     *
     * @param outOfOrder how much older than the newest a frame may be; frames of one stream are in
     *     order, so this matters only where streams are merged later
     * @param idle after which a stream without frames is not waited for
     */
    public static WatermarkStrategy<StreamItem> watermarks(Duration outOfOrder, Duration idle) {
        return WatermarkStrategy.<StreamItem>forBoundedOutOfOrderness(outOfOrder)
                .withIdleness(idle);
    }

    @Override
    public Boundedness getBoundedness() {
        boolean unbounded =
                listing.directory() != null || listing.streams().stream().anyMatch(this::isEndless);
        return unbounded ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    private boolean isEndless(VideoStream stream) {
        StreamAddress address = stream.address();
        return address.isLive() || address.isWatched() || settings.of(stream).playback().loop();
    }

    @Override
    public SourceReader<StreamItem, VideoSplit> createReader(SourceReaderContext context) {
        return new VideoSourceReader(settings, SystemClock.getInstance(), context);
    }

    @Override
    public SplitEnumerator<VideoSplit, VideoEnumeratorState> createEnumerator(
            SplitEnumeratorContext<VideoSplit> context) {
        return restoreEnumerator(context, VideoEnumeratorState.EMPTY);
    }

    @Override
    public SplitEnumerator<VideoSplit, VideoEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<VideoSplit> context, VideoEnumeratorState state) {
        return new VideoEnumerator(context, listing, state);
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
        return "VideoSource" + listing.fixed().keySet() + " " + settings.sampling();
    }
}
