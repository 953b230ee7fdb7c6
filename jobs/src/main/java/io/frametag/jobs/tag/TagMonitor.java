package io.frametag.jobs.tag;

import io.frametag.jobs.Accounts;
import io.frametag.jobs.Durations;
import io.frametag.operators.TaggedStreams;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.CloseableIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run of {@code tag} tells on standard error: progress, problems, and at the end what became
 * of every frame. Two threads of its own read the status and the problems from the job.
 */
final class TagMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(TagMonitor.class);

    /** Problems shown one by one; of more, only the number. */
    private static final int MAX_PROBLEMS = 10;

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOPPED_LIMIT = Duration.ofMillis(700);

    private final CloseableIterator<StreamStatus> status;
    private final CloseableIterator<String> problems;
    private final TagProgress progress;
    private final PrintWriter err;
    private final Map<String, StreamStatus> newest = new TreeMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Thread statusReader = new Thread(this::readStatus, "tag-status");
    private final Thread problemReader = new Thread(this::readProblems, "tag-problems");
    private final long startNanos = System.nanoTime();
    private int problemCount;

    /** Adds its own sinks to the job, which has not been started yet. */
    TagMonitor(TaggedStreams streams, TagOutput output, PrintWriter err) {
        this.err = err;
        this.progress = new TagProgress(err, output);
        this.status = streams.status().collectAsync();
        this.problems =
                streams.errors()
                        .map(
                                failed ->
                                        failed.stream()
                                                + ", frame "
                                                + failed.sequence()
                                                + ": "
                                                + failed.reason()
                                                + " ("
                                                + failed.detail()
                                                + ")")
                        .returns(Types.STRING)
                        .union(
                                streams.promptErrors()
                                        .map(
                                                failed ->
                                                        "prompt "
                                                                + failed.id()
                                                                + ": "
                                                                + failed.detail())
                                        .returns(Types.STRING))
                        .collectAsync();
    }

    void start() {
        statusReader.setDaemon(true);
        problemReader.setDaemon(true);
        statusReader.start();
        problemReader.start();
    }

    private void readStatus() {
        try {
            while (status.hasNext()) {
                StreamStatus next = status.next();
                synchronized (newest) {
                    StreamStatus before = newest.put(next.stream(), next);
                    StreamChanges.line(before, next).ifPresent(this::tell);
                    progress.show(newest.values());
                }
            }
        } catch (RuntimeException e) {
            // The job was cancelled or failed; its end is told by what awaits it.
            LOG.info("No more status", e);
        }
    }

    private void tell(String line) {
        told.add(line);
        progress.say("frametag: " + line);
    }

    private void readProblems() {
        try {
            while (problems.hasNext()) {
                String problem = problems.next();
                if (++problemCount <= MAX_PROBLEMS) {
                    progress.say("frametag: " + problem);
                }
            }
        } catch (RuntimeException e) {
            LOG.info("No more problems", e);
        }
    }

    /**
     * Waits for what is still to come from a job that is over, then tells how it went.
     *
     * @param stopped whether the job was; where it had to be cancelled, readers may wait for ever
     */
    void finish(boolean stopped) throws InterruptedException {
        Duration limit = stopped ? STOPPED_LIMIT : DRAIN_LIMIT;
        statusReader.join(limit.toMillis());
        problemReader.join(limit.toMillis());
        progress.clear();
        if (problemCount > MAX_PROBLEMS) {
            err.println("frametag: " + (problemCount - MAX_PROBLEMS) + " more frames failed");
        }
        List<StreamStatus> last = last();
        Accounts accounts = Accounts.withStates(last);
        accounts.errors().stream()
                .filter(error -> !told.contains(error))
                .forEach(error -> err.println("frametag: " + error));
        accounts.lines().forEach(err::println);
        err.println(total(last));
        err.flush();
    }

    private List<StreamStatus> last() {
        synchronized (newest) {
            return List.copyOf(newest.values());
        }
    }

    private String total(List<StreamStatus> last) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
        long in = last.stream().mapToLong(StreamStatus::in).sum();
        long tagged = last.stream().mapToLong(StreamStatus::tagged).sum();
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        return String.format(
                Locale.ROOT,
                "%d of %d frames tagged in %s: %.1f frames/s read, %.1f frames/s tagged.",
                tagged,
                in,
                Durations.format(elapsed),
                in / seconds,
                tagged / seconds);
    }

    /** Whether no stream failed, by its source or with all of its frames. */
    boolean allWell() {
        return last().stream().noneMatch(TagMonitor::hasFailed);
    }

    private static boolean hasFailed(StreamStatus stream) {
        return stream.error() != null
                || stream.state() == StreamState.REFUSED
                || stream.tagged() == 0 && stream.failedTotal() > 0;
    }
}
