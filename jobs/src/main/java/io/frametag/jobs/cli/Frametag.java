package io.frametag.jobs.cli;

import io.frametag.jobs.Durations;
import io.frametag.jobs.UserError;
import io.frametag.jobs.cli.bench.BenchCommand;
import io.frametag.jobs.cli.cameras.CamerasCommand;
import io.frametag.jobs.cli.models.ModelsCommand;
import io.frametag.jobs.cli.prompts.PromptsCommand;
import io.frametag.jobs.cli.simulate.SimulateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line. Results go to standard output, talk and errors to standard error; exit codes
 * are 0 (fine), 1 (failed) and 2 (wrong usage).
 *
 * <p>Picocli looks at the signatures of all command classes at each start, so these name no class
 * of Flink or Kafka: a small command never loads either.
 */
@Command(
        name = "frametag",
        description = "Tags live video with words.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        subcommands = {
            DemoCommand.class,
            TagCommand.class,
            PromptsCommand.class,
            CamerasCommand.class,
            ModelsCommand.class,
            BenchCommand.class,
            SimulateCommand.class
        })
public final class Frametag implements Runnable {

    @Spec private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error; FRAMETAG_DEBUG=1 does the same.")
    private boolean verbose;

    Frametag() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        out.flush();
        err.flush();
        // Not every library ends its threads; the command is over when it says so.
        System.exit(code);
    }

    /** Runs one command in this process and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = commandLine(out, err, args).execute(args);
        out.flush();
        return code;
    }

    private static CommandLine commandLine(PrintWriter out, PrintWriter err, String... args) {
        return configure(out, err)
                .setExecutionStrategy(result -> executeWithJobFile(result, out, err, args));
    }

    private static CommandLine configure(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Frametag());
        line.registerConverter(Duration.class, Frametag::duration);
        line.registerConverter(Path.class, Path::of);
        return line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new ErrorLines())
                .setExecutionExceptionHandler(new ErrorLines());
    }

    /** A job file stands for options that were not given: they are added and all is read again. */
    private static int executeWithJobFile(
            ParseResult result, PrintWriter out, PrintWriter err, String... args) {
        ParseResult command = result;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        boolean hasJobFile =
                command.hasMatchedOption("--config") && !command.isUsageHelpRequested();
        if (!hasJobFile) {
            return new CommandLine.RunLast().execute(result);
        }
        List<String> all = new ArrayList<>(List.of(args));
        Path file = command.matchedOptionValue("--config", Path.of(""));
        try {
            all.addAll(JobFile.read(file).argumentsBeside(command));
        } catch (UserError e) {
            throw new ParameterException(command.commandSpec().commandLine(), e.getMessage(), e);
        }
        return configure(out, err).execute(all.toArray(new String[0]));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "no command given; ./frametag --help lists them");
    }

    private static Duration duration(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    static boolean isVerbose(CommandLine line) {
        CommandLine root = line;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return System.getenv("FRAMETAG_DEBUG") != null
                || root.getCommand() instanceof Frametag frametag && frametag.verbose;
    }
}
