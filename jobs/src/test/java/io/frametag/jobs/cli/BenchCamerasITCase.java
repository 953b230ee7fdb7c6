package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BenchCamerasITCase {

    @Test
    void everyFrameThatCamerasSendIsAccountedFor() {
        Run run =
                Run.frametag(
                        "bench",
                        "cameras",
                        "--cameras",
                        "2",
                        "--size",
                        "320x240",
                        "--rate",
                        "10",
                        "--duration",
                        "5s");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("latency from capture to Kafka", "sent by the cameras");
    }
}
