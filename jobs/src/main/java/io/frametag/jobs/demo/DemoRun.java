package io.frametag.jobs.demo;

import io.frametag.jobs.OutputFile;
import io.frametag.jobs.StopSignal;
import io.frametag.jobs.UserError;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of {@code frametag demo}, from the request to the summary. Used from one thread. */
public final class DemoRun {

    private static final int DEFAULT_PORT = 9092;
    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration FIRST_FRAME_LIMIT = Duration.ofSeconds(60);

    /** How long the check waits for all clips to be seen once; the longest has 24 seconds. */
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Together with the broker's end within {@link StopSignal#LIMIT}. */
    private static final Duration QUICK_STOP_LIMIT = Duration.ofMillis(2_000);

    private final DemoRequest request;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final StopSignal signal = StopSignal.listen(stopping::countDown);
    private long firstFrameNanos;

    private DemoRun(DemoRequest request, PrintWriter out, PrintWriter err) {
        this.request = request;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the demo until its end.
     *
     * @param out for the table, the summary and the check
     * @param err for what happens before and after
     * @return the exit code
     * @throws Exception with a message of one line
     */
    public static int run(DemoRequest request, PrintWriter out, PrintWriter err) throws Exception {
        DemoRun run = new DemoRun(request, out, err);
        try {
            return run.run();
        } finally {
            run.signal.close();
        }
    }

    private int run() throws Exception {
        if (request.output() != null) {
            OutputFile.checkWritable(request.output());
        }
        say("Starting the broker, Flink and the cameras.");
        try (DemoStage stage = DemoStage.open(request.port());
                OutputStream output = open(request.output())) {
            return play(stage, output);
        }
    }

    private static @Nullable OutputStream open(@Nullable Path file) throws IOException {
        return file == null ? null : new BufferedOutputStream(Files.newOutputStream(file));
    }

    private int play(DemoStage stage, @Nullable OutputStream output) throws Exception {
        List<String> names = stage.clips().stream().map(DemoClips.Clip::name).toList();
        Board board = new Board(names, System::currentTimeMillis);
        Check check = new Check(stage.truths());
        try (KafkaFeed feed =
                new KafkaFeed(stage.kafka().bootstrapServers(), board, check, output)) {
            DemoJob job = DemoJob.start(stage);
            try {
                watch(stage, job, feed, board, check);
            } finally {
                job.stop(signal.isRaised() ? QUICK_STOP_LIMIT : STOP_LIMIT);
            }
            Duration played = Duration.ofNanos(System.nanoTime() - firstFrameNanos);
            feed.finish(signal.isRaised() ? QUICK_STOP_LIMIT : STOP_LIMIT);
            summarise(board, played);
        }
        return signal.exitCodeOr(judge(check, board));
    }

    /** Shows what comes until it is time to end. */
    private void watch(DemoStage stage, DemoJob job, KafkaFeed feed, Board board, Check check)
            throws UserError, InterruptedException {
        long startNanos = System.nanoTime();
        firstFrameNanos = startNanos;
        awaitFirstFrame(job, feed, board, startNanos);
        firstFrameNanos = System.nanoTime();
        try (DemoView view = new DemoView(out, board, title(stage), hint(stage))) {
            while (!isOver(check)) {
                view.show();
                checkHealth(job, feed);
                if (stopping.await(REDRAW.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        }
    }

    private void awaitFirstFrame(DemoJob job, KafkaFeed feed, Board board, long startNanos)
            throws UserError, InterruptedException {
        while (board.tagged() == 0) {
            checkHealth(job, feed);
            if (stopping.await(20, TimeUnit.MILLISECONDS)) {
                return;
            }
            if (System.nanoTime() - startNanos > FIRST_FRAME_LIMIT.toNanos()) {
                throw UserError.failed(
                        "no frame reached Kafka within "
                                + FIRST_FRAME_LIMIT.toSeconds()
                                + " s; free the machine of other work and try again");
            }
        }
    }

    private static void checkHealth(DemoJob job, KafkaFeed feed)
            throws UserError, InterruptedException {
        job.checkRunning();
        Exception failure = feed.failure();
        if (failure != null) {
            throw UserError.failed(
                    "the tags can't be read or written any more ("
                            + failure.getMessage()
                            + "); check the disk of --output",
                    failure);
        }
    }

    private boolean isOver(Check check) {
        Duration played = Duration.ofNanos(System.nanoTime() - firstFrameNanos);
        if (request.duration() != null) {
            return played.compareTo(request.duration()) >= 0;
        }
        return request.check() && (check.sawAll() || played.compareTo(CHECK_LIMIT) >= 0);
    }

    private static String title(DemoStage stage) {
        return stage.clips().size()
                + " cameras, model "
                + stage.model().id()
                + ", Kafka at "
                + stage.kafka().bootstrapServers();
    }

    private static String hint(DemoStage stage) {
        String where =
                stage.kafka().bootstrapServers().endsWith(":" + DEFAULT_PORT)
                        ? ""
                        : " --bootstrap-servers " + stage.kafka().bootstrapServers();
        return "To change what it looks for, elsewhere:"
                + " ./frametag prompts put ID \"A TEXT\" --group scene"
                + where;
    }

    private void summarise(Board board, Duration played) {
        out.println();
        DemoSummary.lines(board, ProcessHandle.current().info().startInstant(), played)
                .forEach(out::println);
        if (request.output() != null) {
            out.println("The tags are in " + request.output() + ".");
        }
        out.flush();
    }

    private int judge(Check check, Board board) throws UserError {
        if (!request.check()) {
            boolean well = board.statuses().stream().allMatch(status -> status.error() == null);
            return well ? 0 : UserError.FAILED;
        }
        out.println();
        check.lines().forEach(out::println);
        out.flush();
        List<String> failures = check.failures();
        if (!failures.isEmpty()) {
            throw UserError.failed(
                    "the top tag was right in under 95 % of the frames of "
                            + String.join(", ", failures)
                            + "; see the lines above");
        }
        return 0;
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }
}
