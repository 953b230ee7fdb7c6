package io.frametag.jobs.cli.cameras;

import io.frametag.connectors.json.StreamJson;
import io.frametag.connectors.kafka.CamerasTopic;
import io.frametag.jobs.UserError;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description =
                "Lists the cameras, one JSON object per line, without user names and passwords.")
final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KafkaOptions kafka;

    ListCommand() {}

    @Override
    public Integer call() throws Exception {
        CamerasTopic.Listing listing = kafka.open().list();
        PrintWriter out = spec.commandLine().getOut();
        listing.cameras()
                .forEach(
                        camera ->
                                out.println(
                                        new String(
                                                StreamJson.writeShown(camera),
                                                StandardCharsets.UTF_8)));
        listing.problems()
                .forEach(problem -> spec.commandLine().getErr().println("frametag: " + problem));
        return listing.problems().isEmpty() ? 0 : UserError.FAILED;
    }
}
