package io.frametag.it;

import io.frametag.connectors.simulator.TestPattern;
import io.frametag.models.picture.Picture;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * What comes of cameras that play test patterns: a sink in this process, which reads the number on
 * each picture. A number left out is a frame that the camera sent and that did not come, so that
 * losses are exact.
 */
final class TestingSightings implements Sink<StreamItem> {

    private static final long serialVersionUID = 1L;
    private static final long MOST_ASTRAY_MILLIS = 5_000;
    private static final Map<String, Seen> SEEN = new ConcurrentHashMap<>();

    /** One camera's; written by the thread of its sink, but for {@link #failing}. */
    static final class Seen {

        private final int width;
        private final int clipFrames;
        private final int framesPerSecond;
        private int number = -1;
        private boolean broken;
        private long lastTime;

        /** While the camera has a fault, or gets over it, its losses are its own. */
        volatile boolean failing;

        volatile StreamState state = StreamState.CONNECTING;
        volatile int shownWidth;
        volatile long downNanos;
        volatile long refusedNanos;
        volatile long frameNanos;
        volatile long frames;
        volatile long failed;
        volatile long missing;
        volatile long came;
        volatile long lost;
        volatile long backwards;
        volatile long astray;

        Seen(int width, int clipFrames, int framesPerSecond) {
            this.width = width;
            this.clipFrames = clipFrames;
            this.framesPerSecond = framesPerSecond;
        }

        private synchronized void see(Frame frame) {
            long now = System.nanoTime();
            backwards += frame.frameTime() < lastTime ? 1 : 0;
            lastTime = frame.frameTime();
            boolean near = Math.abs(frame.frameTime() - frame.arrivalTime()) <= MOST_ASTRAY_MILLIS;
            astray += near ? 0 : 1;
            int before = number;
            number = frame.picture().width() == width ? numberOn(frame.picture()) : -1;
            if (before >= 0 && number >= 0 && !broken) {
                missed(Math.floorMod(number - before - 1, clipFrames));
            } else if (broken && !failing) {
                // It lost its connection through no fault of its own.
                lost += (now - frameNanos) * framesPerSecond / 1_000_000_000L;
            }
            broken = false;
            came += failing ? 0 : 1;
            shownWidth = frame.picture().width();
            frames++;
            frameNanos = now;
        }

        private void missed(int gap) {
            missing += gap;
            lost += failing ? 0 : gap;
        }

        private synchronized void see(StreamReport report) {
            state = report.state();
            failed += report.failed().values().stream().mapToLong(Long::longValue).sum();
            broken |= state != StreamState.UP;
            if (state == StreamState.DOWN || state == StreamState.STALLED) {
                downNanos = System.nanoTime();
            } else if (state == StreamState.REFUSED) {
                refusedNanos = System.nanoTime();
            }
        }

        /** A job that starts sees the camera from now on. */
        synchronized void startOver() {
            state = StreamState.CONNECTING;
            number = -1;
            broken = false;
            lastTime = 0;
            frameNanos = System.nanoTime();
        }

        private static int numberOn(Picture picture) {
            byte[] rgb = picture.rgb();
            int width = picture.width();
            return TestPattern.numberOn(
                    width, picture.height(), (x, y) -> rgb[3 * (y * width + x)] & 0xff);
        }
    }

    static Map<String, Seen> seen() {
        return SEEN;
    }

    @Override
    public SinkWriter<StreamItem> createWriter(WriterInitContext context) {
        return new Watcher();
    }

    private static final class Watcher implements SinkWriter<StreamItem> {

        @Override
        public void write(StreamItem item, Context context) {
            Seen seen = SEEN.get(item.stream());
            if (item instanceof Frame frame) {
                seen.see(frame);
            } else if (item instanceof StreamReport report) {
                seen.see(report);
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // Owns nothing.
        }
    }
}
