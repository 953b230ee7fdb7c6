package io.frametag.jobs.cli;

import io.frametag.jobs.UserError;
import io.frametag.jobs.demo.DemoRequest;
import io.frametag.jobs.demo.DemoRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Tags sample cameras, with everything in this one process: a Kafka broker, Flink, the"
                    + " cameras and the prompts. Needs no network.",
            "While it runs, ./frametag prompts put|delete|list changes what it looks for."
        })
final class DemoCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--duration",
            paramLabel = "D",
            description = "End after this long, such as 30s or 2m. Default: at Ctrl-C.")
    private @Nullable Duration duration;

    @Option(
            names = "--output",
            paramLabel = "F.jsonl",
            description = "Also write the tags to this file, as read from Kafka.")
    private @Nullable Path output;

    @Option(
            names = "--check",
            description =
                    "Compare the tags with what the sample clips show, and fail under 95 %% in any"
                            + " interval. Runs for one loop of the clips unless --duration is given.")
    private boolean check;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9092",
            description =
                    "Port of the Kafka broker on 127.0.0.1; 0 for any free one. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int port;

    DemoCommand() {}

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > 65_535) {
            throw UserError.usage("port " + port + " must be from 0 (any free one) to 65535");
        }
        // A table is drawn where warnings would go.
        Logs.send("demo", !Boolean.getBoolean("frametag.terminal"));
        CommandLine line = spec.commandLine();
        return DemoRun.run(
                new DemoRequest(duration, output, check, port), line.getOut(), line.getErr());
    }
}
