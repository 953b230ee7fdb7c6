package io.frametag.jobs.cli.bench;

import io.frametag.jobs.UserError;
import io.frametag.jobs.bench.Report;
import io.frametag.models.ImageSize;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** What the options of benchmarks must be, and what they share. */
final class Needed {

    private Needed() {}

    static void atLeast(int least, String option, int value) throws UserError {
        if (value < least) {
            throw UserError.usage(
                    "%s (%d) must be >= %d; give more".formatted(option, value, least));
        }
    }

    static ImageSize size(String text) throws UserError {
        try {
            return ImageSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage() + "; give --size such as 1920x1080");
        }
    }

    static Report report(CommandSpec spec) {
        return new Report(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    /** Sends the log to a file, as the demo does, away from the tables. */
    static void logToFile() {
        String root = System.getProperty("frametag.root");
        Path folder =
                root == null
                        ? Path.of(System.getProperty("java.io.tmpdir"))
                        : Path.of(root, "target", "logs");
        System.setProperty("frametag.log.folder", folder.toString());
        System.setProperty("frametag.log.name", "bench");
        System.setProperty("frametag.log.console", "WARN");
    }
}
