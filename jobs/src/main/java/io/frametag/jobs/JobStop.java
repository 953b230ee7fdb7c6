package io.frametag.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a job before its sources do. */
public final class JobStop {

    private static final Logger LOG = LoggerFactory.getLogger(JobStop.class);

    private JobStop() {}

    /**
     * Ends a job in order: the sources stop, what is in flight is tagged, and the last status of
     * each stream is told. Where that takes longer than the limit, the job is cancelled. Returns
     * after at most three times the limit.
     *
     * @param folder for the savepoint that Flink makes on the way
     */
    public static void drain(JobClient job, Path folder, Duration limit)
            throws InterruptedException {
        try {
            job.stopWithSavepoint(true, folder.toString(), SavepointFormatType.NATIVE)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            job.getJobExecutionResult().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("The job did not end in order within {} ms", limit.toMillis(), e);
            cancel(job, limit);
        }
    }

    private static void cancel(JobClient job, Duration limit) throws InterruptedException {
        try {
            job.cancel().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("The job could not be cancelled; it may be over", e);
        }
    }
}
