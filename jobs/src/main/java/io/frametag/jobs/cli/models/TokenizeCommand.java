package io.frametag.jobs.cli.models;

import io.frametag.models.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "tokenize",
        description =
                "Prints the token ids of texts, one line {\"text\": …, \"input_ids\": [77 numbers]}"
                        + " each.")
final class TokenizeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--tokenizer",
            paramLabel = "F",
            required = true,
            description = "A tokenizer.json in the format of Hugging Face.")
    private Path tokenizer;

    @Option(
            names = "--text",
            paramLabel = "T",
            required = true,
            arity = "1..*",
            description = "The texts.")
    private List<String> texts;

    TokenizeCommand() {}

    @Override
    public Integer call() throws Exception {
        try (ClipTokenizer clip = ClipTokenizer.open(tokenizer)) {
            JsonLines lines = new JsonLines(spec.commandLine().getOut());
            for (String text : texts) {
                lines.write("text", text, "input_ids", clip.encode(text));
            }
        }
        return 0;
    }
}
