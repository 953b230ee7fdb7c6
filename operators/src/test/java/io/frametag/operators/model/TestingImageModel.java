package io.frametag.operators.model;

import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.operators.data.Frame;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts what is opened and closed; its runs can be held and made to fail. Thread-safe. */
public final class TestingImageModel implements ImageModel {

    /** A word whose preprocessing fails. */
    public static final String UNWRITABLE = "unwritable";

    private final ModelId id;
    private final int lanes;
    private final List<Integer> runs = new CopyOnWriteArrayList<>();
    private final List<Integer> warmedUp = new CopyOnWriteArrayList<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger openReaders = new AtomicInteger();
    private volatile @Nullable Semaphore permits;
    private volatile @Nullable RuntimeException failure;

    public TestingImageModel(ModelId id) {
        this(id, 1);
    }

    public TestingImageModel(ModelId id, int lanes) {
        this.id = id;
        this.lanes = lanes;
    }

    /** From here on each run waits for a permit. */
    public Semaphore hold() {
        Semaphore semaphore = new Semaphore(0);
        permits = semaphore;
        return semaphore;
    }

    /** From here on each run fails so; null: none does. */
    public void fail(@Nullable RuntimeException with) {
        failure = with;
    }

    /** The size of each run so far. */
    public List<Integer> runs() {
        return runs;
    }

    public int closedCount() {
        return closed.get();
    }

    public int openReaders() {
        return openReaders.get();
    }

    @Override
    public ModelId id() {
        return id;
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public void warmUp(int... batchSizes) {
        Arrays.stream(batchSizes).forEach(warmedUp::add);
    }

    /** The sizes it was warmed up at. */
    public List<Integer> warmedUp() {
        return warmedUp;
    }

    @Override
    public Batch newBatch(int capacity) {
        float[][] slots = new float[capacity][TestingModels.SIZE];
        return new Batch() {
            @Override
            public FloatBuffer slot(int index) {
                return FloatBuffer.wrap(slots[index]);
            }

            @Override
            public float[][] encode(int count) throws ModelException {
                return run(Arrays.copyOf(slots, count));
            }
        };
    }

    private float[][] run(float[][] slots) throws ModelException {
        Semaphore semaphore = permits;
        if (semaphore != null) {
            semaphore.acquireUninterruptibly();
        }
        if (closed.get() > 0) {
            throw new ModelException("run after close");
        }
        runs.add(slots.length);
        RuntimeException with = failure;
        if (with != null) {
            throw with;
        }
        return Arrays.stream(slots).map(float[]::clone).toArray(float[][]::new);
    }

    @Override
    public FrameReader newReader() {
        openReaders.incrementAndGet();
        return new Reader();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private final class Reader implements FrameReader {

        /** The word as a picture: its bytes, padded with spaces to whole pixels. */
        @Override
        public Picture decode(Frame frame) throws PictureException {
            if (frame.picture() != null) {
                return frame.picture();
            }
            String word = new String(frame.bytes(), StandardCharsets.UTF_8);
            if (word.equals(TestingModels.CORRUPT)) {
                throw new PictureException(PictureException.CORRUPT, "not a picture");
            }
            int pixels = (word.length() + 2) / 3;
            byte[] rgb = Arrays.copyOf(frame.bytes(), 3 * pixels);
            return new Picture(pixels, 1, rgb);
        }

        @Override
        public void write(Picture picture, FloatBuffer slot) {
            String word = new String(picture.rgb(), StandardCharsets.UTF_8).trim();
            if (word.equals(UNWRITABLE)) {
                throw new IllegalStateException("can't be written");
            }
            slot.put(TestingModels.vector(id, word));
        }

        @Override
        public void close() {
            openReaders.decrementAndGet();
        }
    }
}
