package io.frametag.jobs.bench;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.time.Duration;

/**
 * What {@link CamerasBenchmark} plays and how it is read.
 *
 * @param cameras how many are simulated
 * @param size of their pictures
 * @param framesPerSecond of each camera
 * @param sampling of each camera's frames
 * @param keyframesOnly whether only keyframes are decoded
 * @param delivery what the cameras' frames are owed
 * @param duration how long, from the first tag on
 */
public record CamerasSettings(
        ModelFolder model,
        int cameras,
        ImageSize size,
        int framesPerSecond,
        Sampling sampling,
        boolean keyframesOnly,
        Delivery delivery,
        Duration duration) {}
