package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchChainITCase {

    /** In a process of its own, where DJL is the first to use ONNX Runtime. */
    @Test
    void theChainRunsBesideItsBaselines(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        Frametag.class.getName(),
                        "bench",
                        "chain",
                        "--model",
                        "nano",
                        "--frames",
                        "8",
                        "--batch",
                        "4",
                        "--rounds",
                        "1",
                        "--size",
                        "320x240");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        assertThat(Files.readString(out))
                .contains(
                        "bare session, ready tensors (a)",
                        "whole chain",
                        "usual job (b)",
                        "usual job with DJL (b)",
                        "decode and preprocess");
    }

    @Test
    void promptsPutAtOnceAreAllTakenIn() {
        Run run =
                Run.frametag(
                        "bench",
                        "prompts",
                        "--model",
                        "nano",
                        "--prompts",
                        "30",
                        "--time",
                        "10s",
                        "--load",
                        "0.1",
                        "--size",
                        "320x240");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("before (baseline)", "30 of them taken in");
    }
}
