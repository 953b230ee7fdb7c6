package io.frametag.jobs.cli.simulate;

import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.CameraSimulatorBuilder;
import io.frametag.connectors.simulator.SimulatedCamera;
import io.frametag.connectors.simulator.TestPattern;
import io.frametag.connectors.video.VideoException;
import io.frametag.jobs.StopSignal;
import io.frametag.jobs.TemporaryFolder;
import io.frametag.jobs.UserError;
import io.frametag.jobs.demo.DemoClips;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs simulated cameras until a signal or the end of their time: prints their addresses on
 * standard output, then shows how they do. For one thread; owns the simulator while it runs.
 */
final class Simulation {

    private static final int MOST_CAMERAS = 256;
    private static final long TICK_MILLIS = 100;

    /** Played while a camera has another resolution than its file. */
    private static final TestPattern OTHER_PICTURE = new TestPattern(480, 272, 15, 150, 30);

    private final SimulationRequest request;
    private final PrintWriter out;
    private final PrintWriter err;

    Simulation(SimulationRequest request, PrintWriter out, PrintWriter err) {
        this.request = request;
        this.out = out;
        this.err = err;
    }

    int run() throws UserError, InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        try (StopSignal signal = StopSignal.listen(stopping::countDown);
                TemporaryFolder temporary = TemporaryFolder.create()) {
            List<PlannedFault> planned = planned();
            try (CameraSimulator simulator = start(temporary.path())) {
                play(simulator, schedule(simulator, planned), stopping);
            }
            return signal.exitCodeOr(0);
        }
    }

    private List<PlannedFault> planned() throws UserError {
        List<PlannedFault> planned = new ArrayList<>();
        for (String text : request.faults()) {
            try {
                planned.add(PlannedFault.parse(text));
            } catch (IllegalArgumentException e) {
                throw UserError.usage("--fault " + text + ": " + e.getMessage());
            }
        }
        return planned;
    }

    private FaultSchedule schedule(CameraSimulator simulator, List<PlannedFault> planned)
            throws UserError {
        try {
            return new FaultSchedule(simulator, planned, request.cycle());
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }

    private CameraSimulator start(Path folder) throws UserError {
        try {
            return builder(folder).start();
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        } catch (VideoException e) {
            throw UserError.failed(e.getMessage(), e);
        } catch (IOException e) {
            throw UserError.failed(
                    "cameras can't listen on %s:%d (%s); choose others with --port and --http-port"
                            .formatted(request.host(), request.port(), e.getMessage()),
                    e);
        }
    }

    private CameraSimulatorBuilder builder(Path folder)
            throws UserError, VideoException, IOException {
        checkPort(request.port());
        if (request.httpPort() != null) {
            checkPort(request.httpPort());
        }
        List<Path> files = request.files().isEmpty() ? DemoClips.files(folder) : request.files();
        int count = request.cameras() == null ? files.size() : request.cameras();
        if (count < 1 || count > MOST_CAMERAS) {
            throw UserError.usage("--cameras (" + count + ") must be from 1 to " + MOST_CAMERAS);
        }
        Path other = folder.resolve("other.mp4");
        OTHER_PICTURE.write(other);
        CameraSimulatorBuilder builder =
                CameraSimulator.builder()
                        .host(request.host())
                        .port(request.port())
                        .otherFile(other);
        for (int i = 0; i < count; i++) {
            builder.camera("cam" + (i + 1), files.get(i % files.size()));
        }
        if (request.httpPort() != null) {
            builder.httpPort(request.httpPort());
        }
        if (request.framesPerSecond() != null) {
            builder.framesPerSecond(request.framesPerSecond());
        }
        return withPassword(builder);
    }

    private static void checkPort(int port) throws UserError {
        if (port < 0 || port > 65_535) {
            throw UserError.usage("port " + port + " must be from 0 (any free one) to 65535");
        }
    }

    private CameraSimulatorBuilder withPassword(CameraSimulatorBuilder builder) throws UserError {
        String password = request.password();
        if (password == null) {
            return builder;
        }
        int colon = password.indexOf(':');
        if (colon < 1) {
            throw UserError.usage("--password must be of the form USER:PASSWORD");
        }
        return builder.password(
                password.substring(0, colon),
                password.substring(colon + 1),
                CameraSimulator.Authentication.DIGEST);
    }

    private void play(CameraSimulator simulator, FaultSchedule schedule, CountDownLatch stopping)
            throws InterruptedException {
        for (SimulatedCamera camera : simulator.cameras()) {
            out.println(camera.loginUri());
            if (request.httpPort() != null) {
                out.println(camera.mjpegUri());
                out.println(camera.transportStreamUri());
                out.println(camera.hlsUri());
            }
        }
        out.flush();
        long startNanos = System.nanoTime();
        try (SimulationView view = new SimulationView(simulator.cameras(), out, err)) {
            Duration elapsed = Duration.ZERO;
            while (!isOver(elapsed)) {
                schedule.advance(elapsed).forEach(view::note);
                view.show(elapsed);
                if (stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            }
        }
    }

    private boolean isOver(Duration elapsed) {
        return request.duration() != null && elapsed.compareTo(request.duration()) >= 0;
    }
}
