package io.frametag.jobs.bench;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import java.time.Duration;

/**
 * What {@link OverloadBenchmark} measures.
 *
 * @param model of the chain
 * @param size of the frames
 * @param streams that they come from
 * @param batch most frames of one run
 * @param factor offered rate, as a multiple of the most that the chain can take
 * @param maxStaleness of live frames
 * @param time that frames are offered for
 */
public record OverloadSettings(
        ModelFolder model,
        ImageSize size,
        int streams,
        int batch,
        double factor,
        Duration maxStaleness,
        Duration time) {}
