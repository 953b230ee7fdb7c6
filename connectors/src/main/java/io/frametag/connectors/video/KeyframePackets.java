package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.frametag.models.picture.Ffmpeg;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Picks the packets of keyframes out of a video and counts those between, which are never decoded.
 *
 * <p>Counts are by the order in which frames are shown. A keyframe's packet may come before those
 * of frames that are shown before it, so this reads on behind each keyframe until a packet comes
 * that is shown after it: in the coding formats in use, none that is shown before comes later.
 *
 * <p>One packet counts as one frame. For one thread; owns the packet that it reads ahead.
 */
final class KeyframePackets implements AutoCloseable {

    /** Where packets come from. */
    interface Packets {
        /** Reads the video's next packet; false at its end. */
        boolean read(AVPacket into) throws InterruptedVideoException;
    }

    private final Packets packets;
    private final AVPacket ahead;
    private boolean holdsKeyframe;
    private long counted;
    private long latest = AV_NOPTS_VALUE();
    private boolean untimed;
    private long ignoredUpTo = AV_NOPTS_VALUE();

    KeyframePackets(Packets packets) {
        this.packets = packets;
        ahead = Ffmpeg.notNull(av_packet_alloc(), "a packet");
    }

    /**
     * Goes on to the next keyframe.
     *
     * @param keyframe gets its packet, which the caller must unreference
     * @return what lies between the keyframe before and this one, or the end of the video
     */
    Passed next(AVPacket keyframe) throws InterruptedVideoException {
        while (!holdsKeyframe && read()) {
            holdsKeyframe = isKeyframe();
            if (!holdsKeyframe) {
                count();
            }
        }
        if (!holdsKeyframe) {
            return passed(true);
        }
        av_packet_move_ref(keyframe, ahead);
        holdsKeyframe = false;
        boolean isBehind = false;
        while (!holdsKeyframe && !isBehind && read()) {
            holdsKeyframe = isKeyframe();
            isBehind = !holdsKeyframe && !isShownBefore(keyframe);
            if (!holdsKeyframe && !isBehind) {
                count();
            }
        }
        Passed passed = passed(false);
        if (isBehind) {
            count();
        }
        return passed;
    }

    /** Reads ahead to the next packet that counts. */
    private boolean read() throws InterruptedVideoException {
        while (packets.read(ahead)) {
            boolean unseen = (ahead.flags() & AV_PKT_FLAG_DISCARD) != 0;
            boolean known =
                    ignoredUpTo != AV_NOPTS_VALUE()
                            && ahead.pts() != AV_NOPTS_VALUE()
                            && ahead.pts() <= ignoredUpTo;
            if (!unseen && !known) {
                return true;
            }
            av_packet_unref(ahead);
        }
        return false;
    }

    private boolean isKeyframe() {
        return (ahead.flags() & AV_PKT_FLAG_KEY) != 0;
    }

    private boolean isShownBefore(AVPacket keyframe) {
        return ahead.pts() != AV_NOPTS_VALUE()
                && keyframe.pts() != AV_NOPTS_VALUE()
                && ahead.pts() < keyframe.pts();
    }

    private void count() {
        counted++;
        untimed |= ahead.pts() == AV_NOPTS_VALUE();
        latest = Math.max(latest, ahead.pts());
        av_packet_unref(ahead);
    }

    private Passed passed(boolean atEnd) {
        Passed passed = new Passed(counted, untimed ? AV_NOPTS_VALUE() : latest, atEnd);
        counted = 0;
        latest = AV_NOPTS_VALUE();
        untimed = false;
        return passed;
    }

    /**
     * Starts anew after a seek: frames up to that timestamp are known and neither given nor counted
     * again.
     *
     * @return false where the seek did not lead to a keyframe at or before it
     */
    boolean restartBehind(long timestamp) throws InterruptedVideoException {
        clear();
        if (!packets.read(ahead)) {
            return false;
        }
        boolean found = isKeyframe() && ahead.pts() != AV_NOPTS_VALUE() && ahead.pts() <= timestamp;
        av_packet_unref(ahead);
        ignoredUpTo = timestamp;
        return found;
    }

    private void clear() {
        av_packet_unref(ahead);
        holdsKeyframe = false;
        passed(false);
    }

    @Override
    public void close() {
        av_packet_free(ahead);
    }

    /**
     * The frames between two keyframes.
     *
     * @param frames how many
     * @param timestamp of the last one shown; {@link VideoPosition#NONE} where there is none, or
     *     where one of them has no timestamp
     * @param atEnd whether the video ends behind them
     */
    record Passed(long frames, long timestamp, boolean atEnd) {

        static final Passed NOTHING = new Passed(0, VideoPosition.NONE, false);

        /** Together with those that lie behind. */
        Passed then(Passed more) {
            boolean untimed =
                    (frames > 0 && timestamp == VideoPosition.NONE)
                            || (more.frames > 0 && more.timestamp == VideoPosition.NONE);
            return new Passed(
                    frames + more.frames,
                    untimed ? VideoPosition.NONE : Math.max(timestamp, more.timestamp),
                    more.atEnd);
        }
    }
}
