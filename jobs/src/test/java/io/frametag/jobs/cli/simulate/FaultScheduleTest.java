package io.frametag.jobs.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.connectors.simulator.CameraSimulator;
import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.TestPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When which camera fails. */
final class FaultScheduleTest {

    @TempDir Path folder;

    private CameraSimulator simulator;

    @BeforeEach
    void start() throws Exception {
        Path file = folder.resolve("clip.mp4");
        new TestPattern(64, 48, 15, 5, 5).write(file);
        simulator =
                CameraSimulator.builder()
                        .camera("cam1", file)
                        .camera("cam2", file)
                        .otherFile(file)
                        .start();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private Set<Fault> faultsOf(String camera) {
        return simulator.camera(camera).faults().keySet();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void plannedFaultsComeAndGoAtTheirTimes() {
        FaultSchedule schedule =
                new FaultSchedule(
                        simulator,
                        List.of(
                                PlannedFault.parse("stall@10s/5s"),
                                PlannedFault.parse("cam2:loss=0.5@12s")),
                        null);

        assertThat(schedule.advance(seconds(9))).isEmpty();
        assertThat(schedule.advance(seconds(10)))
                .containsExactly("cam1: stall for 5.0 s", "cam2: stall for 5.0 s");
        assertThat(faultsOf("cam1")).containsExactly(Fault.STALL);
        assertThat(schedule.advance(seconds(12))).containsExactly("cam2: loss 0.5");
        assertThat(schedule.advance(seconds(20)))
                .containsExactly("cam1: stall is over", "cam2: stall is over");
        assertThat(faultsOf("cam1")).isEmpty();
        assertThat(simulator.camera("cam2").faults()).containsEntry(Fault.LOSS, 0.5);
    }

    @Test
    void aCycleMeetsEveryCameraWithEveryFaultOneAtATime() {
        FaultSchedule schedule = new FaultSchedule(simulator, List.of(), seconds(10));
        Set<Fault> ofFirst = EnumSet.noneOf(Fault.class);
        for (int step = 1; step <= 2 * Fault.values().length; step++) {
            schedule.advance(seconds(10L * step));
            ofFirst.addAll(faultsOf("cam1"));
            assertThat(faultsOf("cam1").size() + faultsOf("cam2").size()).isLessThanOrEqualTo(1);
        }
        Set<Fault> lasting = EnumSet.allOf(Fault.class);
        lasting.removeIf(fault -> !fault.isLasting());
        assertThat(ofFirst).isEqualTo(lasting);
    }

    @Test
    void badPlansAreRefusedInWords() {
        assertThatThrownBy(() -> PlannedFault.parse("stall"))
                .hasMessageContaining("[CAMERA:]NAME[=AMOUNT]@AFTER[/DURATION]");
        assertThatThrownBy(() -> PlannedFault.parse("reset@1s/5s"))
                .hasMessage("reset happens once; leave out /5s");
        assertThatThrownBy(() -> PlannedFault.parse("loss=0.1.2@1s"))
                .hasMessage("amount '0.1.2' is no number");
        PlannedFault elsewhere = PlannedFault.parse("cam9:stall@0s");
        assertThatThrownBy(() -> new FaultSchedule(simulator, List.of(elsewhere), null))
                .hasMessageContaining("no camera cam9");
        PlannedFault tooMuch = PlannedFault.parse("loss=2@1s");
        assertThatThrownBy(() -> new FaultSchedule(simulator, List.of(tooMuch), null))
                .hasMessageContaining("amount of fault loss (2.0)");
    }
}
