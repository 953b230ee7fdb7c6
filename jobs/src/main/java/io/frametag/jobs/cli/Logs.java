package io.frametag.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the log goes. Called before anything logs; costs nothing where nothing does, since the
 * logging system starts with its first line.
 */
final class Logs {

    private Logs() {}

    /**
     * Sends the log of this process to the first folder that can be written: {@code target/logs} of
     * the checkout, the user's cache, the temporary folder.
     *
     * @param name of the log file, such as {@code demo}
     * @param console whether warnings are shown on the console too
     */
    static Path send(String name, boolean console) {
        Path folder = folder();
        System.setProperty("frametag.log.folder", folder.toString());
        System.setProperty("frametag.log.name", name);
        System.setProperty("frametag.log.console", console ? "WARN" : "OFF");
        return folder.resolve(name + ".log");
    }

    private static Path folder() {
        List<Path> candidates = new ArrayList<>();
        String root = System.getProperty("frametag.root");
        if (root != null) {
            candidates.add(Path.of(root, "target", "logs"));
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        candidates.add(
                cache == null || cache.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache", "frametag", "logs")
                        : Path.of(cache, "frametag", "logs"));
        for (Path candidate : candidates) {
            if (isWritable(candidate)) {
                return candidate;
            }
        }
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static boolean isWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }
}
