package io.frametag.jobs.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the terminal that the process runs on.
 *
 * @param columns of characters
 * @param rows of characters
 */
public record Terminal(int columns, int rows) {

    private static final Terminal USUAL = new Terminal(100, 40);
    private static final long ANSWER_MILLIS = 500;

    /** Whether standard output is a terminal that can redraw. */
    public static boolean isInteractive() {
        // System.console() tells of both ends; input from a pipe would hide a terminal.
        String term = System.getenv("TERM");
        return Boolean.getBoolean("frametag.terminal") && term != null && !term.equals("dumb");
    }

    /** Whether to use colours; see no-color.org. */
    static boolean isColoured() {
        String noColour = System.getenv("NO_COLOR");
        return noColour == null || noColour.isEmpty();
    }

    /** The size as it is now; a usual one where it can't be told. Takes a few milliseconds. */
    public static Terminal current() {
        try {
            Process stty =
                    new ProcessBuilder("sh", "-c", "stty size </dev/tty")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                if (!stty.waitFor(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
                    return USUAL;
                }
                return parse(
                        new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                stty.destroyForcibly();
            }
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    /** Parses {@code ROWS COLUMNS}. */
    static Terminal parse(String size) {
        String[] parts = size.trim().split("\\s+");
        try {
            int rows = Integer.parseInt(parts[0]);
            int columns = Integer.parseInt(parts[parts.length - 1]);
            return parts.length == 2 && rows > 0 && columns > 0
                    ? new Terminal(columns, rows)
                    : USUAL;
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }
}
