package io.frametag.jobs.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One command, run in this process, and what it printed. */
record Run(int exitCode, String out, String err) {

    static Run frametag(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Frametag.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
