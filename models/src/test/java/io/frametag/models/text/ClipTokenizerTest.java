package io.frametag.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frametag.models.ModelException;
import io.frametag.models.TestingModels;
import io.frametag.models.conformance.SharedReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClipTokenizerTest {

    @TempDir Path folder;

    @Test
    void idsAreThoseOfTheReference() throws Exception {
        Path shared = SharedReference.folder();
        byte[] vectors = Files.readAllBytes(shared.resolve("reference/tokenizer.json"));
        try (ClipTokenizer tokenizer = ClipTokenizer.open(shared.resolve("clip/tokenizer.json"))) {
            for (JsonNode vector : new ObjectMapper().readTree(vectors)) {
                int[] expected = new int[77];
                Arrays.setAll(expected, i -> vector.path("input_ids").path(i).asInt());
                String text = vector.path("text").asText();
                assertThat(tokenizer.encode(text)).as(text).isEqualTo(expected);
            }
        }
    }

    /** Where OpenCLIP's tokenizer and the published definition differ; ids of the former. */
    @Test
    void idsAreOpenClipsWhereThePublishedDefinitionDiffers() throws Exception {
        Path shared = SharedReference.folder();
        try (ClipTokenizer tokenizer = ClipTokenizer.open(shared.resolve("clip/tokenizer.json"))) {
            assertIds(tokenizer, "cafe\u0301", 49406, 4979, 136, 479, 49407);
            assertIds(
                    tokenizer,
                    "<|startoftext|> cat",
                    49406,
                    27,
                    347,
                    993,
                    6659,
                    4160,
                    91,
                    285,
                    2368,
                    49407);
            assertIds(
                    tokenizer,
                    "!!<end_of_text>",
                    49406,
                    1443,
                    283,
                    806,
                    318,
                    539,
                    318,
                    4160,
                    285,
                    49407);
            assertIds(tokenizer, "\u200b\u0000\u001cx", 49406, 17086, 444, 343, 49407);
            assertIds(tokenizer, "\u0391\u03a3 \u03a3", 49406, 138, 109, 139, 480, 139, 481, 49407);
            assertIds(
                    tokenizer,
                    "a &amp;amp; b &notit; &#128;",
                    49406,
                    320,
                    261,
                    321,
                    126,
                    361,
                    585,
                    282,
                    6309,
                    49407);
        }
    }

    private static void assertIds(ClipTokenizer tokenizer, String text, int... ids) {
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(Arrays.copyOf(ids, 77));
    }

    @Test
    void startAndEndAreTheFilesOwn() throws Exception {
        try (ClipTokenizer tokenizer = ClipTokenizer.open(TestingModels.tokenizer(folder))) {
            assertIds(tokenizer, "", 512, 513);
            assertIds(tokenizer, "a <end_of_text>", 512, 353, 513, 513);
            assertThat(tokenizer.encode("x".repeat(75))).startsWith(512).endsWith(376, 513);
            assertThat(tokenizer.encode("x".repeat(76))).startsWith(512).endsWith(120, 513);
        }
    }

    @Test
    void loadingLeavesNoTraceInTheSystemProperties() throws Exception {
        System.setProperty("OPT_OUT_TRACKING", "theirs");
        try {
            ClipTokenizer.open(TestingModels.tokenizer(folder)).close();
            assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("theirs");
            assertThat(System.getProperty("ai.djl.offline")).isNull();
        } finally {
            System.clearProperty("OPT_OUT_TRACKING");
        }
    }

    @Test
    void aClosedTokenizerRefuses() throws Exception {
        ClipTokenizer tokenizer = ClipTokenizer.open(TestingModels.tokenizer(folder));
        tokenizer.close();
        tokenizer.close();
        assertThatThrownBy(() -> tokenizer.encode("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("tokenizer is closed");
    }

    @Test
    void filesThatAreNoTokenizersAreRefused() throws Exception {
        refused(folder.resolve("none.json"), "does not exist");
        refused(write("not json"), "is not a Hugging Face tokenizer.json");
        refused(write("[]"), "it has no byte-pair model");
        refused(write("{\"model\": {\"type\": \"WordPiece\"}}"), "it has no byte-pair model");
        refused(write("{\"model\": {\"type\": \"BPE\"}}"), "it has none of the tokens");
        refused(
                write("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"<s>\": 0, \"</s>\": 1}}}"),
                "is not a Hugging Face tokenizer.json");
    }

    private Path write(String json) throws Exception {
        return Files.writeString(folder.resolve("t.json"), json);
    }

    private static void refused(Path file, String message) {
        assertThatThrownBy(() -> ClipTokenizer.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }
}
