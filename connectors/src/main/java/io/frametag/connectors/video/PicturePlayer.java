package io.frametag.connectors.video;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.clock.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Turns a picture or a folder of pictures into a stream: each file a frame, compressed as it is, so
 * that a damaged one is counted where it is decoded and costs no other. No sampling is done here.
 *
 * <p>A folder is played once, by name, or watched. Watched, a file is taken once its size and time
 * are the same in two looks, a second apart, in the order in which files were changed; one that is
 * written elsewhere and moved in is whole at once.
 *
 * <p><b>Position.</b> Of a folder that is played once, the name of the last file; of one that is
 * watched, time and name of the newest file taken. After a restore files up to there count as
 * taken: one that was moved into the folder while the job was away, and was last changed before the
 * newest one taken, is passed over. The state does not grow with the folder.
 *
 * <p>Event time is the time of the file, never backwards; of a single picture, 0.
 *
 * <p>For one thread at a time; {@link #interrupt()} may come from any. Owns nothing native.
 */
final class PicturePlayer implements StreamPlayer {

    /** A file could not be read, as the counts of failed frames call it. */
    static final String UNREADABLE = "unreadable";

    private static final long LOOK_MILLIS = 1_000;

    private final VideoSplit split;
    private final PictureFiles files;
    private final boolean watch;
    private final Delivery delivery;
    private final Clock clock;
    private final long lookMillis;
    private final Deque<PictureFiles.Found> ready = new ArrayDeque<>();

    /** Files of a watched folder that were taken, and those of the look before. */
    private final Set<String> taken = new HashSet<>();

    private Map<String, PictureFiles.Found> before = new HashMap<>();

    private VideoPosition here;
    private boolean looked;
    private boolean lost;
    private boolean interrupted;

    PicturePlayer(
            VideoSplit split, PictureFiles files, boolean watch, Delivery delivery, Clock clock) {
        this(split, files, watch, delivery, clock, LOOK_MILLIS);
    }

    /**
     * @param lookMillis between two looks at a watched folder
     */
    PicturePlayer(
            VideoSplit split,
            PictureFiles files,
            boolean watch,
            Delivery delivery,
            Clock clock,
            long lookMillis) {
        this.split = split;
        this.files = files;
        this.watch = watch;
        this.delivery = delivery;
        this.clock = clock;
        this.lookMillis = lookMillis;
        here = split.position();
    }

    @Override
    public boolean isFinished() {
        return here.finished();
    }

    @Override
    public synchronized void interrupt() {
        interrupted = true;
        notifyAll();
    }

    private synchronized boolean takeInterrupt() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    @Override
    public List<VideoRecord> next() {
        if (takeInterrupt() || isFinished()) {
            return List.of();
        }
        try {
            List<VideoRecord> items = advance();
            lost = lost && items.isEmpty();
            return items;
        } catch (IOException e) {
            return lost(e);
        }
    }

    private List<VideoRecord> advance() throws IOException {
        if (looked && watch && ready.isEmpty()) {
            nap();
        }
        if (!looked || (watch && ready.isEmpty())) {
            look();
            looked = true;
        }
        if (!here.opened() || lost) {
            here = here.asOpened();
            return List.of(report(StreamState.UP, Map.of(), null));
        }
        PictureFiles.Found file = ready.poll();
        if (file != null) {
            return List.of(frame(file));
        }
        return watch ? List.of() : List.of(atEnd());
    }

    private VideoRecord atEnd() {
        return here.frameInPass() > 0
                ? end(StreamState.ENDED, null)
                : end(StreamState.REFUSED, files.empty());
    }

    /** A watched folder may come back; that it is away is told once. */
    private List<VideoRecord> lost(IOException e) {
        String error = files.unreadable(e);
        if (!watch) {
            boolean early = here.frameInPass() == 0;
            return List.of(end(early ? StreamState.REFUSED : StreamState.ENDED, error));
        }
        if (lost) {
            nap();
            return List.of();
        }
        lost = true;
        return List.of(report(StreamState.DOWN, Map.of(), error));
    }

    private void look() throws IOException {
        if (!watch) {
            ready.addAll(rest(files.byName()));
            return;
        }
        Map<String, PictureFiles.Found> now = new HashMap<>();
        PictureFiles.Mark mark = mark();
        for (PictureFiles.Found file : files.byTime()) {
            String name = file.path().getFileName().toString();
            now.put(name, file);
            if (!looked && file.mark().compareTo(mark) <= 0) {
                taken.add(name);
            } else if (file.equals(before.get(name)) && taken.add(name)) {
                ready.add(file);
            }
        }
        taken.retainAll(now.keySet());
        before = now;
    }

    /** Those behind the last one taken; where that one is gone, as many as were not taken. */
    private List<PictureFiles.Found> rest(List<PictureFiles.Found> all) {
        if (here.frameInPass() == 0) {
            return all;
        }
        int behind = (int) Math.min(all.size(), here.frameInPass());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).mark().name() == here.timestamp()) {
                behind = i + 1;
            }
        }
        return all.subList(behind, all.size());
    }

    /** The newest file taken. */
    private PictureFiles.Mark mark() {
        return here.frameInPass() == 0
                ? new PictureFiles.Mark(Long.MIN_VALUE, Long.MIN_VALUE)
                : new PictureFiles.Mark(here.passMillis(), here.timestamp());
    }

    private synchronized void nap() {
        try {
            if (!interrupted) {
                wait(lookMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private VideoRecord frame(PictureFiles.Found file) {
        VideoPosition from = here;
        PictureFiles.Mark mark = file.mark();
        if (watch && mark.compareTo(mark()) < 0) {
            mark = mark();
        }
        long time = files.isFolder() ? Math.max(mark.millis(), from.mediaMillis()) : 0;
        here = from.startingAt(0).after(mark.name(), time, true).marked(mark.millis());
        try {
            if (file.size() > PictureFiles.MAX_BYTES) {
                return failure();
            }
            byte[] bytes = Files.readAllBytes(file.path());
            Frame frame =
                    Frame.compressed(
                                    split.splitId(),
                                    from.sequence(),
                                    time,
                                    clock.absoluteTimeMillis(),
                                    null,
                                    bytes)
                            .withDelivery(delivery);
            return new VideoRecord(frame, here, time, VideoPosition.NONE);
        } catch (IOException e) {
            return failure();
        }
    }

    private VideoRecord failure() {
        return report(StreamState.UP, Map.of(UNREADABLE, 1L), null);
    }

    @Override
    public List<VideoRecord> finish() {
        return isFinished() ? List.of() : List.of(end(StreamState.ENDED, null));
    }

    private VideoRecord end(StreamState state, @Nullable String error) {
        here = here.asFinished();
        return report(state, Map.of(), error);
    }

    private VideoRecord report(
            StreamState state, Map<String, Long> failed, @Nullable String error) {
        StreamReport report =
                new StreamReport(
                        split.splitId(),
                        clock.absoluteTimeMillis(),
                        state,
                        0,
                        Map.of(),
                        failed,
                        error);
        long time =
                here.mediaMillis() == VideoPosition.NONE ? VideoPosition.NONE : here.mediaMillis();
        return new VideoRecord(report, here, time, VideoPosition.NONE);
    }

    @Override
    public void close() {
        // Files are closed as soon as they are read.
    }
}
