package io.frametag.models.pull;

import java.nio.file.Path;

/**
 * The files of a published model on this machine.
 *
 * @param weights the checkpoint
 * @param tokenizer the {@code tokenizer.json}
 */
public record PulledFiles(Path weights, Path tokenizer) {}
