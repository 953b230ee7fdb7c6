package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Simulated cameras from the command line. */
final class SimulateCommandTest {

    @Test
    void sampleClipsArePlayedAndAddressesPrinted() {
        Run run =
                Run.frametag(
                        "simulate",
                        "camera",
                        "--cameras=5",
                        "--port=0",
                        "--password=viewer:secret",
                        "--fault=cam5:stall@0s",
                        "--duration=300ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith("rtsp://viewer:secret@127.0.0.1:"))
                .last()
                .asString()
                .endsWith("/cam5");
        assertThat(run.err()).contains("cam5: stall");
    }

    @Test
    void addressesOverHttpArePrintedToo() {
        Run run =
                Run.frametag(
                        "simulate",
                        "camera",
                        "--cameras=1",
                        "--port=0",
                        "--http-port=0",
                        "--duration=1ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("rtsp://127.0.0.1:\\d+/cam1\n")
                .containsPattern("http://127.0.0.1:\\d+/cam1.mjpg\n")
                .containsPattern("http://127.0.0.1:\\d+/cam1.ts\n")
                .containsPattern("http://127.0.0.1:\\d+/cam1/index.m3u8\n");
    }

    @Test
    void wrongUseIsToldInOneLine() {
        assertThat(Run.frametag("simulate", "camera", "--fault=fire@1s"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).contains("fault 'fire' is unknown"));
        assertThat(Run.frametag("simulate", "camera", "--password=x").err())
                .contains("USER:PASSWORD");
        assertThat(Run.frametag("simulate", "camera", "--cameras=0").err()).contains("from 1 to");
        assertThat(Run.frametag("simulate", "camera", "--port=0", "--fps=-1").err())
                .contains("frames per second (-1.0)");
        assertThat(Run.frametag("simulate").exitCode()).isEqualTo(2);
    }

    @Test
    void aTakenPortIsToldWithItsMend() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.frametag("simulate", "camera", "--port=" + taken.getLocalPort());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("choose others with --port");
        }
    }
}
