package io.frametag.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that a command is told to write, looked at before any work is done. */
public final class OutputFile {

    private OutputFile() {}

    /**
     * Checks that a file can be written; makes it if it is not there, and leaves it as it is if it
     * is.
     *
     * @throws UserError where it can't
     */
    public static void checkWritable(Path file) throws UserError {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw UserError.failed("output " + file + " is a folder; name a file");
        }
        if (!Files.isDirectory(folder)) {
            throw UserError.failed("output folder " + folder + " does not exist; create it");
        }
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw UserError.failed(
                    "output " + file + " can't be written; check its permissions and the disk", e);
        }
    }
}
