package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BenchChainITCase {

    @Test
    void theChainRunsBesideBothBaselines() {
        Run run =
                Run.frametag(
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

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "bare session, ready tensors (a)",
                        "whole chain",
                        "usual job (b)",
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
