package io.frametag.jobs.demo;

/** Colours on a terminal that takes them. The letters of a text are never changed. */
enum Ink {
    PLAIN("39"),
    BOLD("1"),
    FAINT("2"),
    GREEN("32"),
    YELLOW("33"),
    RED("31"),
    CYAN("36");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    String on(String text, boolean coloured) {
        return coloured && this != PLAIN ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
