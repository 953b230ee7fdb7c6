package io.frametag.jobs;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink inside this process, without a web page, for one job that ends with the process. */
public final class EmbeddedFlink {

    /** The prompts' source and encoder take one thread; more than a few decoders gain nothing. */
    private static final int MAX_PARALLELISM = 4;

    private EmbeddedFlink() {}

    /**
     * An environment for one job.
     *
     * @param streams that are read at a time, at least 1
     * @param temporary folder that the caller deletes afterwards
     */
    public static StreamExecutionEnvironment environment(int streams, Path temporary) {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(PipelineOptions.OBJECT_REUSE, true);
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        config.set(CoreOptions.TMP_DIRS, temporary.toString());
        config.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        config.set(RestOptions.ADDRESS, "127.0.0.1");
        // Tags are few and small: waiting for a full buffer would cost latency and save nothing.
        config.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(5));
        config.set(RestOptions.BIND_PORT, "0");
        config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism(streams), config);
    }

    static int parallelism(int streams) {
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.max(1, Math.min(streams, Math.min(cores, MAX_PARALLELISM)));
    }
}
