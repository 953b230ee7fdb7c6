package io.frametag.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.data.Prompt;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptFileTest {

    private static final List<Prompt> EXPECTED =
            List.of(
                    prompt("dog", "dog", "dog", null, null),
                    prompt("night", "dark", "a road at night", "time", 0.4));

    private static Prompt prompt(
            String id, String label, String text, String group, Double threshold) {
        return new Prompt(
                id, label, List.of(text), List.of(), List.of(), group, threshold, Set.of());
    }

    @TempDir Path folder;

    @Test
    void jsonAndYamlListedOrNamedGiveTheSamePrompts() throws Exception {
        String json =
                """
                [{"id": "dog"},
                \t{"id": "night", "label": "dark", "texts": ["a road at night"],
                \t "group": "time", "threshold": 0.4}]
                """;
        String yaml =
                """
                - id: dog
                - id: night
                  label: dark
                  texts: [a road at night]
                  group: time
                  threshold: 0.4
                """;

        assertThat(read("p.json", json)).isEqualTo(EXPECTED);
        assertThat(read("p.json", "{\"prompts\":" + json + "}")).isEqualTo(EXPECTED);
        assertThat(read("p.txt", json)).isEqualTo(EXPECTED);
        assertThat(read("p.yaml", yaml)).isEqualTo(EXPECTED);
        assertThat(read("p.txt", "prompts:\n" + yaml)).isEqualTo(EXPECTED);
        assertThat(read("p.yml", "prompts: []")).isEmpty();
    }

    @Test
    void errorsNameTheFileTheLineTheFieldTheValueAndTheRule() {
        assertProblem(
                "p.json",
                """
                {"prompts": [
                  {"id": "dog"},
                  {"id": "night",
                   "threshold": 1.4}
                ]}
                """,
                "p.json, line 4: threshold (1.4) must be a number from 0 to 1");
        assertProblem(
                "p.yaml",
                """
                prompts:
                  - id: dog
                    treshold: 0.4
                """,
                "p.yaml, line 3: field (treshold) is not known; a prompt has id, label, texts,"
                        + " templates, negatives, group, threshold, streams");
        assertProblem(
                "p.yaml",
                """
                - id: dog
                  texts:
                    - a dog
                    - 12
                """,
                "p.yaml, line 4: texts (12) must be text; put it in quotes if it is");
    }

    @Test
    void duplicateIdsAreNamedWithBothLines() {
        assertProblem(
                "p.yaml",
                """
                - id: dog
                - id: cat
                - label: another
                  id: dog
                """,
                "p.yaml, line 4: id (dog) must be unique; it is also on line 1");
    }

    @Test
    void whatIsNoListOfPromptsIsRefused() {
        assertProblem("p.json", "{}", "p.json, line 1: prompts (an object) must be a list");
        assertProblem("p.json", "{\"prompt\": []}", "p.json, line 1: field (prompt) is not known");
        assertProblem(
                "p.yaml", "just words", "p.yaml, line 1: prompts (just words) must be a list");
        assertProblem("p.yaml", "", "p.yaml, line 1: the document is empty");
        assertProblem(
                "p.json",
                "[{]",
                "p.json, line 1: not well-formed: Unexpected close marker ']': expected '}'");
        assertProblem("p.yaml", "- id: a\n b: [", "p.yaml, line 2: not well-formed: ");
        assertProblem(
                "p.yaml", "- id: a\n---\n- id: b", "p.yaml, line 3: one document is expected");
    }

    @Test
    void yamlAliasesAreRefusedBeforeTheyGrow() {
        assertProblem(
                "p.yaml",
                "- id: &name dog\n- id: cat\n  label: *name\n",
                "p.yaml, line 3: alias (*name) must be written out");
    }

    @Test
    void missingAndHugeFilesAreRefused() throws Exception {
        assertThatThrownBy(() -> PromptFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(PromptException.class)
                .hasMessageEndingWith(
                        "none.yaml: no such file; give the path of a JSON or YAML file of prompts");
        assertThatThrownBy(() -> PromptFile.read(folder)).isInstanceOf(PromptException.class);
        Path huge = folder.resolve("huge.json");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(PromptFile.MAX_BYTES + 1);
        }
        assertThatThrownBy(() -> PromptFile.read(huge))
                .hasMessageEndingWith("huge.json (3000001 bytes) must have at most 3000000 bytes");
    }

    private List<Prompt> read(String name, String text) throws Exception {
        return PromptFile.read(Files.writeString(folder.resolve(name), text));
    }

    private static void assertProblem(String name, String text, String problem) {
        assertThatThrownBy(() -> PromptFile.parse(name, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PromptException.class)
                .hasMessageStartingWith(problem)
                .message()
                .doesNotContain("\n");
    }
}
