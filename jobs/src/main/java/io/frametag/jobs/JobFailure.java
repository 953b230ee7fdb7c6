package io.frametag.jobs;

import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;

/** The end of a job, in words. */
public final class JobFailure {

    private JobFailure() {}

    /**
     * Waits for the end of a job; there is no bound, since a job may be meant to run for ever.
     *
     * @param stop once it is raised, any end is a good one
     * @throws UserError where the job failed; names the first cause
     */
    public static void await(JobClient job, StopSignal stop)
            throws UserError, InterruptedException {
        try {
            job.getJobExecutionResult().get();
        } catch (ExecutionException e) {
            if (!stop.isRaised()) {
                throw describe(e);
            }
        }
    }

    /** The failure of a job as one line with its first cause. */
    public static UserError describe(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String why = String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        if (why.equals("Broken pipe")) {
            return UserError.failed(
                    "whatever read the standard output is gone; the rest was not tagged", failure);
        }
        String folder = System.getProperty("frametag.log.folder");
        String log =
                folder == null ? "" : "; the log in " + folder + " tells more about what led to it";
        return UserError.failed("the job failed: " + why + log, failure);
    }
}
