package io.frametag.connectors.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What a camera plays.
 *
 * @param name of the camera
 * @param clip that it plays
 * @param other that it changes to; null for none
 */
record CameraClips(String name, Clip clip, @Nullable Clip other) {}
