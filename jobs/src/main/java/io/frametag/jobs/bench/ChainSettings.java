package io.frametag.jobs.bench;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;

/**
 * What {@link ChainBenchmark} measures.
 *
 * @param model of the chain and of the bare session
 * @param usualModel of the jobs that one would write instead
 * @param size of the frames
 * @param frames measured in each round, a multiple of {@code batch}
 * @param batch of the chain and of the bare session
 * @param rounds how often each is measured
 * @param reducedDecode whether the chain decodes to a part of the frames' size
 */
public record ChainSettings(
        ModelFolder model,
        ModelFolder usualModel,
        ImageSize size,
        int frames,
        int batch,
        int rounds,
        boolean reducedDecode) {}
