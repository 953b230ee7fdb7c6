package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mixed faults over many cameras, one after another: {@code -Dframetag.soak.cycles} (100) of them
 * over {@code -Dframetag.soak.cameras} (8). Not in the default suite; with profile {@code soak}.
 */
final class CameraFaultsSoak {

    private static final Logger LOG = LoggerFactory.getLogger(CameraFaultsSoak.class);
    private static final int FILES_TO_SPARE = 10;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path folder;

    @Test
    void faultsAreNoticedAndOverInTimeAndLeaveNothingBehind() throws Exception {
        int cycles = Integer.getInteger("frametag.soak.cycles", 100);
        long files = 0;
        try (TestingCameraFaults job =
                new TestingCameraFaults(Integer.getInteger("frametag.soak.cameras", 8), folder)) {
            for (int i = 0; i < cycles; i++) {
                job.cycle(i);
                if (i == 0) {
                    files = TestingCameraFaults.openFiles();
                }
                LOG.warn("Cycle {} of {}: {}", i + 1, cycles, job);
            }
            job.assertFigures();
            assertThat(job.shareOfOthers()).as("other cameras").isGreaterThan(0.95);
            assertThat(TestingCameraFaults.openFiles())
                    .as("open files")
                    .isLessThanOrEqualTo(files + FILES_TO_SPARE);
            assertThat(job.cancelWhileOneHangs()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> TestingCameraFaults.cameraThreads() == 0);
    }
}
