package io.frametag.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.connectors.simulator.Fault;
import io.frametag.connectors.simulator.SimulatedCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of the simulator, mixed over many cameras, up to three at a time: {@code
 * -Dframetag.soak.cycles} (100) of them over {@code -Dframetag.soak.cameras} (8), in an order that
 * {@code -Dframetag.soak.seed} (1) gives. Now and then the job is cancelled, or stopped and
 * resumed, while faults hold. Not in the default suite; with profile {@code soak}.
 */
final class CameraFaultsSoak {

    private static final int AT_A_TIME = 3;
    private static final int ROUNDS_PER_ENDING = 4;
    private static final int MOST_MILLIS_TO_ENDING = 9_000;

    /** Longer than from one keyframe to the next. */
    private static final Duration RECOVERY = Duration.ofMillis(1_500);

    /** Pools of the cluster and of the Java library grow and shrink as they like. */
    private static final int TO_SPARE = 10;

    @RegisterExtension static final MiniClusterExtension CLUSTER = TestingJobs.cluster();

    @TempDir Path folder;

    private final Random random = new Random(Integer.getInteger("frametag.soak.seed", 1));
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final TestingFaultFigures figures = new TestingFaultFigures();

    @Test
    void faultsAreNoticedAndOverInTimeAndLeaveNothingBehind() throws Exception {
        int cycles = Integer.getInteger("frametag.soak.cycles", 100);
        int cameras = Integer.getInteger("frametag.soak.cameras", 8);
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try (TestingFaultedJob job = new TestingFaultedJob(cameras, folder)) {
            job.awaitAllUp();
            end(job, false);
            long files = entries("/proc/self/fd");
            long tasks = entries("/proc/self/task");
            for (int round = 1; figures.cycles() < cycles; round++) {
                round(job, Math.min(AT_A_TIME, cycles - figures.cycles()), threads);
                if (round % ROUNDS_PER_ENDING == 0) {
                    end(job, random.nextBoolean());
                }
            }
            end(job, true);
            assertBaseline(cameras, files, tasks);
            assertThat(job.isRunning()).isTrue();
        } finally {
            threads.shutdownNow();
            System.out.println(figures);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> cameraThreads() == 0);
        long backwards =
                TestingSightings.seen().values().stream().mapToLong(seen -> seen.backwards).sum();
        assertThat(backwards).as("frames with a time before the last one's").isZero();
        assertThat(figures.broken()).isEmpty();
    }

    private void round(TestingFaultedJob job, int count, ExecutorService threads) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (SimulatedCamera camera : some(job, count)) {
            TestingFaultCycle cycle = new TestingFaultCycle(camera, nextFault(), figures);
            running.add(threads.submit(cycle::run));
        }
        for (Future<?> cycle : running) {
            cycle.get();
        }
        recover();
    }

    /** Has cameras fail, ends the job at any moment of that, and starts it again. */
    private void end(TestingFaultedJob job, boolean cancels) throws Exception {
        List<SimulatedCamera> failing = some(job, AT_A_TIME);
        TestingSightings.seen().values().forEach(seen -> seen.failing = true);
        for (SimulatedCamera camera : failing) {
            camera.inject(nextFault());
        }
        pause(Duration.ofMillis(random.nextInt(MOST_MILLIS_TO_ENDING)));
        String[] savepoint = new String[1];
        if (cancels) {
            figures.ending("cancelling with " + failing, job.cancel());
        } else {
            figures.ending("stopping with " + failing, job.stop(savepoint));
        }
        figures.check(cameraThreads() == 0, "threads of cameras outlive the job");
        failing.forEach(SimulatedCamera::clear);
        job.resume(savepoint[0]);
        job.awaitAllUp();
        recover();
    }

    private void recover() {
        pause(RECOVERY);
        TestingSightings.seen().values().forEach(seen -> seen.failing = false);
    }

    private static void pause(Duration duration) {
        await().pollDelay(duration).atMost(duration.plusSeconds(5)).until(() -> true);
    }

    private List<SimulatedCamera> some(TestingFaultedJob job, int count) {
        List<SimulatedCamera> cameras = new ArrayList<>(job.cameras());
        Collections.shuffle(cameras, random);
        return cameras.subList(0, count);
    }

    /** Each once before any comes twice. */
    private Fault nextFault() {
        if (faults.isEmpty()) {
            List<Fault> all = Arrays.asList(Fault.values());
            Collections.shuffle(all, random);
            faults.addAll(all);
        }
        return faults.poll();
    }

    private static void assertBaseline(int cameras, long files, long tasks) throws IOException {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> {
                            assertThat(cameraThreads()).as("cameras' threads").isEqualTo(cameras);
                            assertThat(entries("/proc/self/fd"))
                                    .as("open files")
                                    .isLessThanOrEqualTo(files + TO_SPARE);
                            assertThat(entries("/proc/self/task"))
                                    .as("threads")
                                    .isLessThanOrEqualTo(tasks + TO_SPARE);
                        });
        System.out.printf(
                "open files %d, then %d; threads %d, then %d%n",
                files, entries("/proc/self/fd"), tasks, entries("/proc/self/task"));
    }

    private static long cameraThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("camera-cam"))
                .count();
    }

    /** Of this process, where the system tells; else 0. */
    private static long entries(String folder) throws IOException {
        if (!Files.isDirectory(Path.of(folder))) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            return entries.count();
        }
    }
}
