package io.frametag.jobs.cli.simulate;

import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.SimulatedCamera;
import io.frametag.jobs.demo.Screen;
import io.frametag.jobs.demo.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Shows how the cameras do: as a table that is redrawn where the output is a terminal, else as
 * lines on standard error, one per fault and now and then one per camera. For one thread.
 */
final class SimulationView implements AutoCloseable {

    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final Duration REPEAT = Duration.ofSeconds(10);
    private static final int NOTES_SHOWN = 5;

    private final List<SimulatedCamera> cameras;
    private final PrintWriter err;
    private final Screen screen;
    private final boolean redraws = Terminal.isInteractive();
    private final Deque<String> notes = new ArrayDeque<>();
    private final long[] sentBefore;
    private final double[] rates;
    private Duration shown = Duration.ZERO;

    SimulationView(List<SimulatedCamera> cameras, PrintWriter out, PrintWriter err) {
        this.cameras = cameras;
        this.err = err;
        this.screen = new Screen(out);
        this.sentBefore = new long[cameras.size()];
        this.rates = new double[cameras.size()];
    }

    /** Tells of a fault. */
    void note(String line) {
        if (redraws) {
            notes.addLast(line);
            if (notes.size() > NOTES_SHOWN) {
                notes.removeFirst();
            }
        } else {
            err.println(line);
        }
    }

    /** Shows the cameras anew, where it is time. */
    void show(Duration elapsed) {
        Duration since = elapsed.minus(shown);
        if (since.compareTo(redraws ? REDRAW : REPEAT) < 0) {
            return;
        }
        measure(since);
        shown = elapsed;
        if (redraws) {
            List<String> lines = new ArrayList<>(lines());
            lines.addAll(notes);
            screen.draw(fitting(lines), Terminal.current().rows());
        } else {
            lines().forEach(err::println);
        }
    }

    private void measure(Duration since) {
        for (int i = 0; i < rates.length; i++) {
            long sent = cameras.get(i).framesSent();
            rates[i] = (sent - sentBefore[i]) * 1000.0 / since.toMillis();
            sentBefore[i] = sent;
        }
    }

    private static List<String> fitting(List<String> lines) {
        int columns = Terminal.current().columns();
        return lines.stream()
                .map(line -> line.length() > columns ? line.substring(0, columns) : line)
                .toList();
    }

    /** A heading and a line for each camera. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(row("CAMERA", "CLIENTS", "FRAMES/S", "SENT", "FAULTS"));
        for (int i = 0; i < rates.length; i++) {
            SimulatedCamera camera = cameras.get(i);
            lines.add(
                    row(
                            camera.name(),
                            Integer.toString(camera.clients()),
                            String.format(Locale.ROOT, "%.1f", rates[i]),
                            Long.toString(camera.framesSent()),
                            faults(camera)));
        }
        return lines;
    }

    private static String faults(SimulatedCamera camera) {
        return camera.faults().keySet().stream()
                .map(Fault::id)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-8s %8s %9s %9s  %s", (Object[]) cells).stripTrailing();
    }

    @Override
    public void close() {
        screen.close();
    }
}
