package io.frametag.jobs.cli.prompts;

import io.frametag.connectors.json.PromptJson;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.jobs.UserError;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "Lists the prompts, one JSON object per line.")
final class ListCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KafkaOptions kafka;

    ListCommand() {}

    @Override
    public Integer call() throws Exception {
        PromptsTopic.Listing listing = kafka.open().list();
        listing.prompts()
                .forEach(
                        prompt ->
                                spec.commandLine()
                                        .getOut()
                                        .println(
                                                new String(
                                                        PromptJson.write(prompt),
                                                        StandardCharsets.UTF_8)));
        listing.problems()
                .forEach(problem -> spec.commandLine().getErr().println("frametag: " + problem));
        return listing.problems().isEmpty() ? 0 : UserError.FAILED;
    }
}
