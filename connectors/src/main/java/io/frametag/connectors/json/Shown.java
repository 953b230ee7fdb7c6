package io.frametag.connectors.json;

import java.util.regex.Pattern;

/** How a value from outside is put into a message: short, on one line, without control codes. */
final class Shown {

    private static final int MAX_LENGTH = 80;

    /** What parsers add of their input, such as {@code (for Object starting at [Source: …])}. */
    private static final Pattern PLACE_IN_SOURCE =
            Pattern.compile("\\s*\\(?(?:for [^\\[]{0,80})?\\[Source:[^\\]]*\\]\\)?");

    private Shown() {}

    static String value(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && shown.length() < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.length() < MAX_LENGTH ? shown.toString() : shown + "…";
    }

    /** A parser's message, which may have several lines, as one. */
    static String message(String text) {
        String line = PLACE_IN_SOURCE.matcher(text).replaceAll("");
        line = line.replaceAll("\\s+", " ").trim();
        return line.length() <= 3 * MAX_LENGTH ? line : line.substring(0, 3 * MAX_LENGTH) + "…";
    }
}
