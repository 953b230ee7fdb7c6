package io.frametag.jobs.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@code frametag demo} was asked for.
 *
 * @param duration counted from the first frame; null for until Ctrl-C, or with {@code check} until
 *     every clip was seen once
 * @param output file for the tags; null for none
 * @param check whether to compare the tags with what the clips show
 * @param port of the broker
 */
public record DemoRequest(
        @Nullable Duration duration, @Nullable Path output, boolean check, int port) {}
