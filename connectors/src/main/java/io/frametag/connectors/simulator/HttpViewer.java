package io.frametag.connectors.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Someone who is answered over HTTP. The answer is written on the server's thread; the rest is from
 * any thread. A reset is a close here: the JDK's server offers no more.
 */
final class HttpViewer implements CameraClient {

    private static final long LOOK_MILLIS = 100;

    private final HttpExchange exchange;
    private final SimulatedCamera camera;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable CameraStream stream;

    HttpViewer(HttpExchange exchange, SimulatedCamera camera) {
        this.exchange = exchange;
        this.camera = camera;
        camera.add(this);
    }

    /** Waits while the camera is silent. */
    void awaitVoice() {
        try {
            while (camera.has(Fault.SILENT) && !closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // Neither closed nor cleared yet.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Streams until the viewer or the camera is gone. */
    void play(String type, Function<OutputStream, PictureSender> sender) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        CameraStream playing =
                new CameraStream(camera, sender.apply(exchange.getResponseBody()), this::finish);
        stream = playing;
        camera.countStream();
        if (closed.getCount() > 0) {
            playing.run();
        }
    }

    /** Ends the answer as HTTP says, so that the viewer can tell it from a broken connection. */
    private void finish() {
        exchange.close();
    }

    @Override
    public boolean isPlaying() {
        return stream != null && closed.getCount() > 0;
    }

    @Override
    public void close() {
        closed.countDown();
        CameraStream playing = stream;
        if (playing != null) {
            playing.stop();
        }
        exchange.close();
        camera.remove(this);
    }

    @Override
    public void reset() {
        close();
    }

    @Override
    public void end() {
        CameraStream playing = stream;
        if (playing != null) {
            playing.end();
        }
    }
}
