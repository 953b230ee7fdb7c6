package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged pictures and videos in a process of their own: none crashes it, none hangs it, and each
 * ends as frames or as one line that says why not. A few hundred by default, 10,000 with {@code
 * -Psoak}; {@code -Dframetag.fuzz.only=FORMAT:SEED:INDEX} takes a single one again.
 */
final class HostileMediaITCase {

    private static final int INPUTS = Integer.getInteger("frametag.fuzz.inputs", 330);
    private static final long SEED = Long.getLong("frametag.fuzz.seed", 1);
    private static final String ONLY = System.getProperty("frametag.fuzz.only", "");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @ParameterizedTest
    @EnumSource(FuzzFormat.class)
    void damagedInputsAreToldAndHarmNothing(FuzzFormat format) throws Exception {
        assumeThat(ONLY).as("one input is asked for").isEmpty();
        int formats = FuzzFormat.values().length;
        int inputs = INPUTS / formats + (format.ordinal() < INPUTS % formats ? 1 : 0);

        FuzzRun run = new FuzzRun(folder, format, SEED).run(0, inputs);

        System.out.println(FuzzRun.heading() + System.lineSeparator() + run.row());
        assertThat(run.problems()).isEmpty();
        assertThat(run.taken()).isEqualTo(inputs);
    }

    @Test
    void aSingleInputCanBeTakenAgain() throws Exception {
        assumeThat(ONLY).as("-Dframetag.fuzz.only=FORMAT:SEED:INDEX").isNotEmpty();
        String[] parts = ONLY.split(":");
        int index = Integer.parseInt(parts[2]);
        FuzzRun run =
                new FuzzRun(folder, FuzzFormat.valueOf(parts[0]), Long.parseLong(parts[1]))
                        .run(index, index + 1);

        System.out.println(FuzzRun.heading() + System.lineSeparator() + run.row());
        assertThat(run.problems()).isEmpty();
    }
}
