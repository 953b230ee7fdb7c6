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

/** Cameras in a job: one fails, the others lose nothing, and a hanging one holds up no end. */
final class CameraJobITCase {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path folder;

    @Test
    void oneCameraFailsAloneAndTheJobEndsAtOnce() throws Exception {
        try (TestingCameraFaults job = new TestingCameraFaults(3, folder)) {
            job.cycle(1);
            job.cycle(2);
            job.assertFigures();

            assertThat(job.cancelWhileOneHangs()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> TestingCameraFaults.cameraThreads() == 0);
    }
}
