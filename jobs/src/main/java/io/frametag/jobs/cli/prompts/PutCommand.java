package io.frametag.jobs.cli.prompts;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.json.PromptFile;
import io.frametag.connectors.json.PromptJson;
import io.frametag.jobs.UserError;
import io.frametag.operators.data.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "put",
        description = {
            "Puts a prompt, or all prompts of a file, each in the place of the one of its id.",
            "Such as: ./frametag prompts put dog \"a dog\" \"a puppy\" --group scene"
        })
final class PutCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KafkaOptions kafka;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Id of the prompt.")
    private @Nullable String id;

    @Parameters(
            index = "1..*",
            paramLabel = "TEXT",
            description = "What it looks like, in words, once or more. Default: the id.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "F",
            description = "JSON or YAML file of prompts, in place of all the rest.")
    private @Nullable Path file;

    @Option(
            names = "--label",
            paramLabel = "L",
            description = "What its tags are called. Default: the id.")
    private @Nullable String label;

    @Option(
            names = "--template",
            paramLabel = "T",
            description = "A sentence with {} for the text, such as 'a photo of a {}'; repeatable.")
    private List<String> templates = new ArrayList<>();

    @Option(
            names = "--negative",
            paramLabel = "TEXT",
            description = "What it is not, in words; repeatable.")
    private List<String> negatives = new ArrayList<>();

    @Option(
            names = "--group",
            paramLabel = "G",
            description = "Prompts of one group compete. Default: the prompt stands alone.")
    private @Nullable String group;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Least probability of a tag, from 0 to 1. Default: the job's.")
    private @Nullable Double threshold;

    @Option(
            names = "--stream",
            paramLabel = "S",
            description = "A stream it applies to; repeatable. Default: all.")
    private List<String> streams = new ArrayList<>();

    PutCommand() {}

    @Override
    public Integer call() throws Exception {
        List<Prompt> prompts = file == null ? List.of(typed()) : fromFile(file);
        kafka.open().put(prompts);
        String what = prompts.size() == 1 ? prompts.get(0).id() : prompts.size() + " prompts";
        spec.commandLine().getErr().println("Put " + what + ".");
        return 0;
    }

    private List<Prompt> fromFile(Path path) throws PromptException, UserError {
        boolean more =
                !(texts.isEmpty()
                        && templates.isEmpty()
                        && negatives.isEmpty()
                        && streams.isEmpty());
        if (id != null || label != null || group != null || threshold != null || more) {
            throw UserError.usage("--file says all of a prompt; leave out what else describes one");
        }
        return PromptFile.read(path);
    }

    private Prompt typed() throws PromptException, UserError {
        if (id == null) {
            throw UserError.usage("no prompt given; name an id with its texts, or --file");
        }
        String called = label == null ? id : label;
        Prompt prompt =
                new Prompt(
                        id,
                        called,
                        texts.isEmpty() ? List.of(called) : texts,
                        templates,
                        negatives,
                        group,
                        threshold,
                        Set.copyOf(streams));
        // The same rules as for records of the topic.
        return PromptJson.read("prompt", PromptJson.write(prompt));
    }
}
