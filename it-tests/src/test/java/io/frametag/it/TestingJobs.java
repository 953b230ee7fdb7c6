package io.frametag.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.function.ThrowingRunnable;

/** Jobs as the tests run them: no generic types, checkpoints, and a failure fails the test. */
final class TestingJobs {

    private TestingJobs() {}

    /** A cluster in this process with slots for every test. */
    static MiniClusterExtension cluster() {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(4)
                        .build());
    }

    static StreamExecutionEnvironment environment(int parallelism) {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(parallelism);
        return env;
    }

    /** Lets the job fail once and go on from its last checkpoint. */
    static void restartOnce(StreamExecutionEnvironment env) {
        Configuration config = new Configuration();
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        env.configure(config);
    }

    /** Runs the job while the body runs, then cancels it. Fails where the job has failed. */
    static void whileRunning(StreamExecutionEnvironment env, ThrowingRunnable<Exception> body)
            throws Exception {
        JobClient job = env.executeAsync();
        var result = job.getJobExecutionResult();
        try {
            body.run();
        } catch (Exception | AssertionError e) {
            if (result.isCompletedExceptionally()) {
                result.handle(
                                (done, failure) -> {
                                    e.addSuppressed(failure);
                                    return null;
                                })
                        .join();
            }
            throw e;
        } finally {
            if (!result.isDone()) {
                job.cancel().get(30, TimeUnit.SECONDS);
            }
            // Cancelled, the result is exceptional; the test needs only that the job is over.
            result.handle((done, failure) -> done).get(30, TimeUnit.SECONDS);
        }
    }
}
