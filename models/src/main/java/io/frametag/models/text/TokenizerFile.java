package io.frametag.models.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.frametag.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A {@code tokenizer.json} made ready for CLIP: the ids of the start and end tokens, and a
 * definition that leaves them, truncation, padding and normalisation to us. Published files differ
 * from OpenCLIP's tokenizer there: they compose characters (NFC) and take {@code <|startoftext|>}
 * in a user's text for the start token.
 *
 * @param json the definition to load
 */
record TokenizerFile(String json, int startId, int endId) {

    private static final long MAX_BYTES = 64 << 20;
    private static final Set<String> START =
            Set.of("<|startoftext|>", "<start_of_text>", "<s>", "[CLS]");
    private static final Set<String> END =
            Set.of("<|endoftext|>", "<end_of_text>", "</s>", "[SEP]");
    private static final ObjectMapper JSON = new ObjectMapper();

    static TokenizerFile read(Path file) throws ModelException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ModelException("tokenizer " + file + " does not exist");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelException("tokenizer " + file + " is larger than 64 MiB");
            }
            return parse(file, JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw notATokenizer(file, e.getOriginalMessage());
        } catch (IOException e) {
            throw new ModelException("tokenizer " + file + " can't be read: " + e, e);
        }
    }

    static ModelException notATokenizer(Path file, String reason) {
        return new ModelException(
                "%s is not a Hugging Face tokenizer.json (%s); take the one published with the model"
                        .formatted(file, reason));
    }

    private static TokenizerFile parse(Path file, JsonNode root) throws ModelException {
        if (!(root instanceof ObjectNode definition)
                || !"BPE".equals(root.path("model").path("type").asText())) {
            throw notATokenizer(file, "it has no byte-pair model");
        }
        int start = id(file, definition, START);
        int end = id(file, definition, END);
        for (String ours : Set.of("normalizer", "post_processor", "truncation", "padding")) {
            definition.putNull(ours);
        }
        definition.putArray("added_tokens");
        return new TokenizerFile(definition.toString(), start, end);
    }

    private static int id(Path file, ObjectNode definition, Set<String> names)
            throws ModelException {
        for (JsonNode token : definition.path("added_tokens")) {
            if (names.contains(token.path("content").asText()) && token.path("id").isInt()) {
                return token.path("id").intValue();
            }
        }
        JsonNode vocabulary = definition.path("model").path("vocab");
        for (String name : names) {
            if (vocabulary.path(name).isInt()) {
                return vocabulary.path(name).intValue();
            }
        }
        throw notATokenizer(file, "it has none of the tokens " + names);
    }
}
