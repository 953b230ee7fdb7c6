package io.frametag.models.conformance;

import io.frametag.models.importer.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes a checkpoint of {@link SyntheticWeights} with the tensors that a list names. */
public final class SyntheticCheckpoint {

    private SyntheticCheckpoint() {}

    /**
     * Writes the checkpoint unless the file is there.
     *
     * @param tensors tab-separated: name, {@code float32} or {@code int64}, shape such as {@code
     *     64x3x3x3}, empty for a scalar; one header line
     */
    public static void write(Path tensors, Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        List<SafetensorsWriter.Entry> entries = entries(tensors);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (SafetensorsWriter writer = new SafetensorsWriter(part, entries)) {
            for (SafetensorsWriter.Entry entry : entries) {
                write(entry, writer);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(SafetensorsWriter.Entry entry, SafetensorsWriter writer)
            throws IOException {
        long elements = entry.elements();
        if (entry.integer()) {
            for (long i = 0; i < elements; i++) {
                writer.put(0L);
            }
            return;
        }
        SyntheticWeights weights = SyntheticWeights.of(entry.name(), entry.shape());
        for (long i = 0; i < elements; i++) {
            writer.put(weights.at(i));
        }
    }

    private static List<SafetensorsWriter.Entry> entries(Path tensors) throws IOException {
        List<SafetensorsWriter.Entry> entries = new ArrayList<>();
        List<String> lines = Files.readAllLines(tensors);
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            entries.add(
                    new SafetensorsWriter.Entry(
                            fields[0], fields[1].equals("int64"), shape(fields[2])));
        }
        return entries;
    }

    private static List<Long> shape(String text) {
        List<Long> shape = new ArrayList<>();
        for (String dimension : text.isBlank() ? new String[0] : text.split("x")) {
            shape.add(Long.parseLong(dimension));
        }
        return shape;
    }
}
