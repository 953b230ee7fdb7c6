package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchCommandsTest {

    @Test
    void matchPrintsItsBaselineFirst() {
        Run run =
                Run.frametag(
                        "bench", "match", "--prompts", "20", "--dimension", "8", "--rounds", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(2))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("plain loop").contains("1.000"),
                        line -> assertThat(line).startsWith("matrix, all scores"),
                        line -> assertThat(line).startsWith("scores and tags"),
                        line -> assertThat(line).startsWith("matching takes"));
    }

    @Test
    void stallComparesWithAnEncoderThatWasNotWarmedUp() {
        Run run =
                Run.frametag("bench", "stall", "--model", "nano", "--batch", "2", "--batches", "8");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("sizes [1, 2]", "(baseline)", "after warm-up");
    }

    @Test
    void decodePutsTheExactWayBesideFfmpegAlone() {
        Run run =
                Run.frametag(
                        "bench", "decode", "--model", "nano", "--rounds", "1", "--size", "320x240");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(2))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith("noise 320x240"))
                .anySatisfy(line -> assertThat(line).contains("FFmpeg alone (c)", " 1.00"))
                .anySatisfy(line -> assertThat(line).contains("(exact)", " 0.00 ", "100.0%"));
    }

    @ParameterizedTest
    @CsvSource({
        "decode --model nano --rounds 0, --rounds (0) must be >= 1",
        "decode --rounds 2, --model",
        "decode --model nano --size wide, --size such as 1920x1080",
        "chain --model nano --frames 0, --frames (0) must be >= 1",
        "chain --model nano --batch 1000, --batch (1000) must be <= 256",
        "chain --model nano --size wide, --size such as 1920x1080",
        "chain --frames 3, --model",
        "match --rounds 0, --rounds (0) must be >= 1",
        "stall --model nano --batches 3, --batches (3) must be >= 24",
        "prompts --model nano --load 2, --load (2.0) must be above 0"
    })
    void wrongUseIsToldInOneLine(String arguments, String message) {
        Run run = Run.frametag(("bench " + arguments).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("frametag: ").contains(message);
    }
}
