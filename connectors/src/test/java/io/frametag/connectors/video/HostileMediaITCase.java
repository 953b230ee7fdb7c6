package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    void hugeHeadersAreRefusedWithoutMemory() throws Exception {
        assumeThat(ONLY).as("one input is asked for").isEmpty();
        assumeThat(Path.of("/proc/self/clear_refs")).as("peaks are measured on Linux").exists();
        Path errors = folder.resolve("stderr.txt");
        Process child = FuzzRun.child(HugeHeadersChild.class, errors, folder.toString());
        List<String> lines;
        try (BufferedReader out = child.inputReader()) {
            lines = out.lines().toList();
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();

        System.out.println(lines);
        assertThat(lines).as(Files.readString(errors)).hasSize(7);
        for (String line : lines) {
            String[] words = line.split(" ");
            assertThat(words[1]).as(line).isEqualTo("REFUSED");
            assertThat(Long.parseLong(words[2])).as(line).isLessThan(50_000);
        }
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
