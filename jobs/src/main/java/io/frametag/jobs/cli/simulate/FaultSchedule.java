package io.frametag.jobs.cli.simulate;

import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.SimulatedCamera;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Injects and clears faults at their times: those that were planned, and, with a cycle, one after
 * another on one camera after another, each for one cycle. For one thread, which says how late it
 * is.
 */
final class FaultSchedule {

    /** So far apart in the list of faults do neighbouring cameras begin. */
    private static final int STRIDE = 5;

    private final CameraSimulator simulator;
    private final @Nullable Duration cycle;
    private final List<Event> events = new ArrayList<>();
    private long cycles;

    /** Something to do. */
    private record Event(Duration at, PlannedFault fault, boolean begins) {}

    /**
     * @throws IllegalArgumentException where a planned fault names no camera or has a wrong amount
     */
    FaultSchedule(CameraSimulator simulator, List<PlannedFault> planned, @Nullable Duration cycle) {
        this.simulator = simulator;
        this.cycle = cycle;
        for (PlannedFault fault : planned) {
            camerasOf(fault);
            fault.fault().check(fault.amount());
            plan(fault);
        }
    }

    private void plan(PlannedFault fault) {
        events.add(new Event(fault.after(), fault, true));
        if (fault.duration() != null) {
            events.add(new Event(fault.after().plus(fault.duration()), fault, false));
        }
        events.sort(Comparator.comparing(Event::at));
    }

    private List<SimulatedCamera> camerasOf(PlannedFault fault) {
        return fault.camera() == null
                ? simulator.cameras()
                : List.of(simulator.camera(fault.camera()));
    }

    /** Does all that is due, in order; returns a line on each. */
    List<String> advance(Duration elapsed) {
        planCycles(elapsed);
        List<String> lines = new ArrayList<>();
        while (!events.isEmpty() && events.get(0).at().compareTo(elapsed) <= 0) {
            Event event = events.remove(0);
            for (SimulatedCamera camera : camerasOf(event.fault())) {
                lines.add(camera.name() + ": " + apply(event, camera));
            }
        }
        return lines;
    }

    private void planCycles(Duration elapsed) {
        while (cycle != null && cycle.multipliedBy(cycles + 1).compareTo(elapsed) <= 0) {
            List<SimulatedCamera> cameras = simulator.cameras();
            int camera = (int) (cycles % cameras.size());
            long round = cycles / cameras.size();
            Fault[] faults = Fault.values();
            Fault fault = faults[(int) ((round + (long) STRIDE * camera) % faults.length)];
            cycles++;
            plan(
                    new PlannedFault(
                            cameras.get(camera).name(),
                            fault,
                            fault.usualAmount(),
                            cycle.multipliedBy(cycles),
                            fault.isLasting() ? cycle : null));
        }
    }

    private static String apply(Event event, SimulatedCamera camera) {
        Fault fault = event.fault().fault();
        if (!event.begins()) {
            camera.clear(fault);
            return fault.id() + " is over";
        }
        try {
            camera.inject(fault, event.fault().amount());
            return event.fault().words();
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }
}
