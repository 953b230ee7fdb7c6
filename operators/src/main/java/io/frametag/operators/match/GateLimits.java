package io.frametag.operators.match;

import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How long frames wait for the prompts of the start.
 *
 * @param maxFrames most frames of a stream that wait; beyond, the oldest are dropped
 * @param maxWait after which a stream goes on with the prompts that are there
 */
@Internal
public record GateLimits(int maxFrames, Duration maxWait) implements Serializable {}
