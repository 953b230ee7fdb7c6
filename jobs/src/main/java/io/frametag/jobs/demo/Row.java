package io.frametag.jobs.demo;

/**
 * One line of a terminal, built from left to right and never wider than the terminal. Widths are
 * counted in code points, so colours take no room.
 */
final class Row {

    private final int width;
    private final boolean coloured;
    private final StringBuilder line = new StringBuilder();
    private int used;

    Row(int width, boolean coloured) {
        this.width = width;
        this.coloured = coloured;
    }

    /** Adds a text as it is, cut at the edge. */
    Row add(String text, Ink ink) {
        String fitting = fit(text, width - used);
        used += length(fitting);
        line.append(fitting.isBlank() ? fitting : ink.on(fitting, coloured));
        return this;
    }

    /** Adds a text in a column of its own, with a space after it. */
    Row left(String text, int columnWidth, Ink ink) {
        String cell = fit(text, columnWidth);
        return add(cell, ink).add(" ".repeat(columnWidth - length(cell) + 1), Ink.PLAIN);
    }

    /** Adds a text at the right edge of a column of its own, with a space after it. */
    Row right(String text, int columnWidth, Ink ink) {
        String cell = fit(text, columnWidth);
        return add(" ".repeat(columnWidth - length(cell)), Ink.PLAIN)
                .add(cell, ink)
                .add(" ", Ink.PLAIN);
    }

    /** The line, without blanks at its end. */
    String line() {
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text in at most that many columns; an ellipsis stands for what was cut. */
    static String fit(String text, int columns) {
        if (length(text) <= columns) {
            return text;
        }
        if (columns < 1) {
            return "";
        }
        return text.substring(0, text.offsetByCodePoints(0, columns - 1)) + "…";
    }
}
