package io.frametag.jobs.bench;

import io.frametag.connectors.video.SamplingProbe;
import io.frametag.models.Cosine;
import io.frametag.models.EncoderOptions;
import io.frametag.models.ModelException;
import io.frametag.models.TextEncoder;
import io.frametag.models.bench.Contender;
import io.frametag.models.bench.InterleavedRounds;
import io.frametag.operators.sample.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What each way of sparing work saves on a video, on one core, and what it changes: each frame has
 * the label of the last one kept, compared with the label of its own.
 */
public final class SamplingBenchmark {

    private final SamplingSettings settings;
    private final Report report;
    private final Map<String, SamplingProbe.Way> ways = new LinkedHashMap<>();
    private final Map<String, SamplingProbe.Outcome> outcomes = new LinkedHashMap<>();

    public SamplingBenchmark(SamplingSettings settings, Report report) {
        this.settings = settings;
        this.report = report;
        Sampling motion = Sampling.all().onMotion(settings.motion());
        Sampling rate = settings.rate();
        double reuse = settings.reuseShare();
        ways.put("every frame", new SamplingProbe.Way(false, Sampling.all(), 0));
        ways.put(rate.toText(), new SamplingProbe.Way(false, rate, 0));
        ways.put("keyframes only", new SamplingProbe.Way(true, Sampling.all(), 0));
        ways.put(motion.toText(), new SamplingProbe.Way(false, motion, 0));
        ways.put("reuse up to " + reuse, new SamplingProbe.Way(false, Sampling.all(), reuse));
    }

    public void run() throws Exception {
        report.head(
                "%s, %s, one thread, %d rounds"
                        .formatted(settings.video(), settings.model().id(), settings.rounds()));
        float[][] labels = labels();
        try (SamplingProbe probe =
                SamplingProbe.open(settings.video(), settings.frames(), settings.model())) {
            probe.run(ways.values().iterator().next());
            List<Contender> contenders = new ArrayList<>();
            ways.forEach((name, way) -> contenders.add(new Play(name, probe, way)));
            report.table(InterleavedRounds.run(contenders, settings.rounds(), report::progress));
        }
        tellAgreement(labels);
    }

    private float[][] labels() throws ModelException {
        try (TextEncoder encoder = TextEncoder.open(settings.model(), EncoderOptions.defaults())) {
            return encoder.encode(
                    settings.labels().stream().map(label -> "a photo of a " + label).toList());
        }
    }

    /** Plays the video in one way, and keeps what came of it. */
    private final class Play implements Contender {

        private final String name;
        private final SamplingProbe probe;
        private final SamplingProbe.Way way;

        Play(String name, SamplingProbe probe, SamplingProbe.Way way) {
            this.name = name;
            this.probe = probe;
            this.way = way;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public double framesPerSecond() throws Exception {
            long start = System.nanoTime();
            SamplingProbe.Outcome outcome = probe.run(way);
            double seconds = (System.nanoTime() - start) / 1e9;
            outcomes.put(name, outcome);
            return outcome.embeddings().size() / seconds;
        }
    }

    private void tellAgreement(float[][] labels) {
        List<float[]> own = outcomes.get(ways.keySet().iterator().next()).embeddings();
        report.line(
                "%-36s %10s %10s %12s %12s", "", "frames", "encoded", "same label", "mean cosine");
        ways.keySet()
                .forEach(
                        name -> {
                            SamplingProbe.Outcome outcome = outcomes.get(name);
                            List<float[]> taken = outcome.embeddings();
                            report.line(
                                    "%-36s %10d %10d %10.1f %% %12.4f",
                                    name,
                                    taken.size(),
                                    outcome.encoded(),
                                    100 * sameLabel(own, taken, labels),
                                    meanCosine(own, taken));
                        });
    }

    static double sameLabel(List<float[]> own, List<float[]> taken, float[][] labels) {
        return both(own, taken)
                .map(
                        i ->
                                Cosine.nearest(own.get(i), labels)
                                                == Cosine.nearest(taken.get(i), labels)
                                        ? 1
                                        : 0)
                .average()
                .orElse(0);
    }

    static double meanCosine(List<float[]> own, List<float[]> taken) {
        return both(own, taken)
                .mapToDouble(i -> Cosine.of(own.get(i), taken.get(i)))
                .average()
                .orElse(0);
    }

    /** Frames that have an embedding in both lists. */
    private static IntStream both(List<float[]> own, List<float[]> taken) {
        return IntStream.range(0, Math.min(own.size(), taken.size()))
                .filter(i -> own.get(i).length > 0 && taken.get(i).length > 0);
    }
}
