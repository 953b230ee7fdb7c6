package io.frametag.jobs.cli;

import io.frametag.jobs.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Errors as one line on standard error: {@code frametag: cause; mend}. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        String message = oneLine(e.getMessage());
        boolean hasMend = message.contains(";");
        String command = "./" + line.getCommandSpec().qualifiedName();
        print(line, hasMend ? message : message + "; see " + command + " --help", e);
        return UserError.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
        print(line, describe(e), e);
        return e instanceof UserError error ? error.exitCode() : UserError.FAILED;
    }

    /** The line for an error, without the leading {@code frametag:}. */
    static String describe(Throwable e) {
        if (e instanceof FileSystemException file) {
            return describeFile(file);
        }
        String message = oneLine(String.valueOf(e.getMessage()));
        boolean unexpected = e instanceof RuntimeException || e instanceof Error;
        if (unexpected && !(e instanceof IllegalArgumentException)) {
            return "unexpected "
                    + e.getClass().getSimpleName()
                    + ": "
                    + message
                    + "; run it again with --verbose to see where, and report it";
        }
        return e instanceof IOException && !message.contains(";")
                ? message + "; check the file, the disk and the connection"
                : message;
    }

    private static String describeFile(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return e.getFile() + " does not exist; check the path";
        }
        if (e instanceof AccessDeniedException) {
            return e.getFile() + " may not be read or written by this user; check its permissions";
        }
        String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
        return e.getFile() + ": " + oneLine(reason) + "; check the path and the disk";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static void print(CommandLine line, String message, Throwable e) {
        PrintWriter err = line.getErr();
        err.println("frametag: " + message);
        if (Frametag.isVerbose(line)) {
            e.printStackTrace(err);
        }
        err.flush();
    }
}
