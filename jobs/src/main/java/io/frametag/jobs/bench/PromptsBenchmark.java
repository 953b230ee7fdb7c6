package io.frametag.jobs.bench;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import io.frametag.models.bench.Contender;
import io.frametag.models.bench.Spread;
import io.frametag.operators.data.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/**
 * What many prompts put at once do to the frames: their latency, from sending to Kafka to the tags
 * on Kafka, before, while the prompts are taken in, and after.
 */
public final class PromptsBenchmark {

    private static final int BATCH = 4;
    private static final int GAUGED = 24;

    private final ModelFolder model;
    private final ImageSize size;
    private final int prompts;
    private final double load;
    private final Duration time;
    private final Duration patience;
    private final Report report;

    private final Map<Long, Long> sentMillis = new HashMap<>();
    private long setVersion;

    /**
     * @param size of the frames
     * @param prompts put at once
     * @param load of the frames, as a share of what the chain can take
     * @param time of the measurements before and after
     * @param patience most that the prompts may take
     */
    public PromptsBenchmark(
            ModelFolder model,
            ImageSize size,
            int prompts,
            double load,
            Duration time,
            Duration patience,
            Report report) {
        this.model = model;
        this.size = size;
        this.prompts = prompts;
        this.load = load;
        this.time = time;
        this.patience = patience;
        this.report = report;
    }

    public void run() throws Exception {
        report.head("%s; %d prompts put at once".formatted(model.id(), prompts));
        report.progress("preparing frames, broker and job");
        List<byte[]> jpegs = SamplePictures.jpegs(size, BATCH);
        try (BenchStage stage = BenchStage.open();
                JobFeed feed = stage.startOurs(model, BATCH, false, ChainBenchmark.prompts())) {
            Contender limit = new JobContender("limit", feed, jpegs, BATCH, GAUGED);
            limit.framesPerSecond();
            double rate = load * limit.framesPerSecond();
            report.line(
                    "frames: %s at %.1f a second, %.0f %% of the limit", size, rate, 100 * load);
            Pace pace = new Pace(feed, jpegs, rate);
            report.progress("before");
            Latency before = tell("before (baseline)", pace.run(time, Long.MAX_VALUE));
            long target = setVersion + prompts;
            report.progress("putting " + prompts + " prompts");
            FutureTask<Void> put = putting(stage);
            long start = System.nanoTime();
            Latency storm = tell("while they are taken in", pace.run(patience, target));
            put.get();
            tellTaken(
                    prompts - Math.max(0, target - setVersion), (System.nanoTime() - start) / 1e9);
            report.progress("after");
            Latency after = tell("after", pace.run(time, Long.MAX_VALUE));
            report.line(
                    "median latency: x %.2f while they are taken in, x %.2f after; 99 of 100 within"
                            + " x %.2f and x %.2f",
                    storm.median() / before.median(),
                    after.median() / before.median(),
                    storm.most99() / before.most99(),
                    after.most99() / before.most99());
        }
    }

    private void tellTaken(long taken, double seconds) {
        report.line("%d of them taken in %.1f s, %.1f a second", taken, seconds, taken / seconds);
    }

    private FutureTask<Void> putting(BenchStage stage) {
        List<Prompt> many =
                IntStream.range(0, prompts)
                        .mapToObj(i -> Prompt.of("many-" + i, "a picture of object " + i))
                        .toList();
        FutureTask<Void> put =
                new FutureTask<>(
                        () -> {
                            stage.prompts().put(many);
                            return null;
                        });
        Thread thread = new Thread(put, "put-prompts");
        thread.setDaemon(true);
        thread.start();
        return put;
    }

    private Latency tell(String phase, List<Double> millis) {
        Latency latency = Latency.of(millis);
        report.line(
                "%-26s %5d frames, latency %7.0f ms, 99 of 100 within %.0f, most %.0f",
                phase, millis.size(), latency.median(), latency.most99(), latency.most());
        return latency;
    }

    /**
     * Latencies in short, in milliseconds.
     *
     * @param median middle one
     * @param most99 most of all but the slowest of a hundred
     * @param most of all
     */
    record Latency(double median, double most99, double most) {

        static Latency of(List<Double> millis) {
            double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            Spread spread = Spread.of(sorted);
            int rank = (int) Math.ceil(0.99 * sorted.length);
            return new Latency(spread.median(), sorted[rank - 1], spread.most());
        }
    }

    /** Sends frames at a steady rate and takes what comes back. */
    private final class Pace {

        private final JobFeed feed;
        private final List<byte[]> jpegs;
        private final double rate;

        Pace(JobFeed feed, List<byte[]> jpegs, double rate) {
            this.feed = feed;
            this.jpegs = jpegs;
            this.rate = rate;
        }

        /** Until the set has that version or the time is over; latencies of what it sent. */
        List<Double> run(Duration longest, long untilVersion) throws Exception {
            sentMillis.clear();
            List<Double> latencies = new ArrayList<>();
            long start = System.nanoTime();
            int sent = 0;
            while (System.nanoTime() - start < longest.toNanos() && setVersion < untilVersion) {
                if ((System.nanoTime() - start) / 1e9 * rate >= sent) {
                    long now = System.currentTimeMillis();
                    sentMillis.put(feed.send(jpegs.get(sent % jpegs.size())), now);
                    sent++;
                }
                take(feed.poll(), latencies);
            }
            if (!sentMillis.isEmpty()) {
                take(feed.await(sentMillis.size()), latencies);
            }
            return latencies;
        }

        private void take(List<JobFeed.Arrival> arrivals, List<Double> latencies) {
            for (JobFeed.Arrival arrival : arrivals) {
                setVersion = Math.max(setVersion, arrival.tags().promptSetVersion());
                Long sent = sentMillis.remove(arrival.tags().sequence());
                if (sent != null) {
                    latencies.add((double) (arrival.millis() - sent));
                }
            }
        }
    }
}
