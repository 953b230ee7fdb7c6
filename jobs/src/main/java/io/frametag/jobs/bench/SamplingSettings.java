package io.frametag.jobs.bench;

import io.frametag.models.ModelFolder;
import io.frametag.operators.sample.Motion;
import io.frametag.operators.sample.Sampling;
import java.util.List;

/**
 * What {@link SamplingBenchmark} measures.
 *
 * @param video path of it
 * @param model that encodes frames and labels
 * @param labels among which the most likely one of each frame is looked for
 * @param frames of the video, from its start
 * @param rounds how often each way is measured
 * @param rate that is one of the ways
 * @param motion that is another
 * @param reuseShare up to which an embedding is reused, in a third
 */
public record SamplingSettings(
        String video,
        ModelFolder model,
        List<String> labels,
        int frames,
        int rounds,
        Sampling rate,
        Motion motion,
        double reuseShare) {}
