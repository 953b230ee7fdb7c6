package io.frametag.connectors.video;

import io.frametag.models.picture.Ffmpeg;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends FFmpeg's blocking calls on one video: when another thread asks for it, or when a call has
 * taken longer than it may. FFmpeg asks from inside its waits whether to go on; it does not notice
 * {@link Thread#interrupt}.
 *
 * <p>JavaCPP can make only ten native callbacks of one kind per JVM, so all videos share one, which
 * tells them apart by the address of a byte that each owns. {@link #close()} frees that byte; call
 * it after the video is closed.
 */
final class Interruption implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
    private static final Map<Long, Interruption> OPEN = new ConcurrentHashMap<>();
    private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new Callback();

    private final BytePointer id;
    private final long openLimitNanos;
    private final long limitNanos;
    private volatile @Nullable Closeable blocked;
    private volatile long deadlineNanos;
    private volatile boolean requested;
    private volatile boolean overdue;
    private boolean closed;

    Interruption(Duration limit) {
        this(limit, limit);
    }

    /** With a limit of its own for the call that opens the video. */
    Interruption(Duration openLimit, Duration limit) {
        Ffmpeg.load();
        openLimitNanos = openLimit.toNanos();
        limitNanos = limit.toNanos();
        deadlineNanos = System.nanoTime() + limitNanos;
        id = new BytePointer(1);
        OPEN.put(id.address(), this);
    }

    void attachTo(AVFormatContext context) {
        context.interrupt_callback().callback(CALLBACK).opaque(id);
    }

    /** Call before each call into FFmpeg that may block: gives it the whole limit. */
    void restartClock() {
        overdue = false;
        deadlineNanos = System.nanoTime() + limitNanos;
    }

    /** The same before the call that opens the video. */
    void restartClockToOpen() {
        overdue = false;
        deadlineNanos = System.nanoTime() + openLimitNanos;
    }

    /** Ends the call that runs now, or the next one. From any thread. */
    void request() {
        requested = true;
        Closeable waiting = blocked;
        if (waiting != null) {
            close(waiting);
        }
    }

    /** What FFmpeg's thread waits for in Java, which ends when it is closed; null for nothing. */
    void blockedBy(@Nullable Closeable waiting) {
        blocked = waiting;
        if (waiting != null && requested) {
            close(waiting);
        }
    }

    private static void close(Closeable waiting) {
        try {
            waiting.close();
        } catch (IOException e) {
            LOG.debug("A connection that was to be ended could not be closed", e);
        }
    }

    /** Marks the call that runs now as having taken too long. */
    void markOverdue() {
        overdue = true;
    }

    /** Whether an end was asked for; forgets it. */
    boolean takeRequest() {
        boolean was = requested;
        requested = false;
        return was;
    }

    boolean isRequested() {
        return requested;
    }

    /** Whether the last call was ended for having taken too long. */
    boolean isOverdue() {
        return overdue;
    }

    private boolean mustEnd() {
        if (System.nanoTime() - deadlineNanos > 0) {
            overdue = true;
        }
        return requested || overdue;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OPEN.remove(id.address());
            id.deallocate();
        }
    }

    private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer opaque) {
            Interruption interruption = opaque == null ? null : OPEN.get(opaque.address());
            return interruption != null && interruption.mustEnd() ? 1 : 0;
        }
    }
}
