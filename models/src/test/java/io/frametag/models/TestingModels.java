package io.frametag.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.frametag.models.conformance.SyntheticCheckpoint;
import io.frametag.models.importer.ImportRequest;
import io.frametag.models.importer.ModelImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dual encoder of a few thousand weights in the published layout, for tests. */
public final class TestingModels {

    public static final int EMBEDDING_SIZE = 16;

    /** Two symbols per byte, then the start and the end token. */
    private static final int VOCABULARY = 514;

    private TestingModels() {}

    /** Imports the model at 64x32 into a folder below the given one. */
    public static ModelFolder create(Path parent) throws IOException, ModelException {
        return ModelImporter.importModel(
                request(parent, parent.resolve("model")), (part, fraction) -> {});
    }

    public static ImportRequest request(Path parent, Path output) throws IOException {
        return new ImportRequest(
                "nano", weights(parent), tokenizer(parent), new ImageSize(64, 32), "tiny", output);
    }

    public static Path weights(Path parent) throws IOException {
        return weights(parent, tensors());
    }

    /** A checkpoint of these tensors, each as {@code name TAB type TAB shape}. */
    public static Path weights(Path parent, List<String> tensors) throws IOException {
        Path list = parent.resolve("tensors.tsv");
        List<String> lines = new ArrayList<>(List.of("name\tdtype\tshape"));
        lines.addAll(tensors);
        Files.write(list, lines);
        Path file = parent.resolve("tiny.safetensors");
        Files.deleteIfExists(file);
        SyntheticCheckpoint.write(list, file);
        return file;
    }

    /** The tensors of a four-stage FastViT and a text transformer of one layer. */
    public static List<String> tensors() {
        List<String> tensors = new ArrayList<>(List.of("logit_scale\tfloat32\t"));
        String trunk = "visual.trunk.";
        normed(tensors, trunk + "stem.0.conv_kxk.0", "32x3x3x3", 32);
        normed(tensors, trunk + "stem.1.conv_kxk.0", "32x1x3x3", 32);
        normed(tensors, trunk + "stem.2.conv_kxk.0", "32x32x1x1", 32);
        norm(tensors, trunk + "stem.2.identity", 32);
        for (int stage = 0; stage < 4; stage++) {
            stage(tensors, trunk + "stages." + stage, stage);
        }
        normed(tensors, trunk + "final_conv.conv_kxk.0", "64x1x3x3", 64);
        biased(tensors, trunk + "final_conv.se.fc1", "4x64x1x1", 4);
        biased(tensors, trunk + "final_conv.se.fc2", "64x4x1x1", 64);
        biased(tensors, trunk + "head.fc", EMBEDDING_SIZE + "x64", EMBEDDING_SIZE);
        text(tensors);
        return tensors;
    }

    private static void stage(List<String> tensors, String prefix, int stage) {
        if (stage > 0) {
            normed(tensors, prefix + ".downsample.proj.0.large_conv", "32x1x7x7", 32);
            normed(tensors, prefix + ".downsample.proj.0.small_conv", "32x1x3x3", 32);
            normed(tensors, prefix + ".downsample.proj.1.conv_kxk.0", "32x32x1x1", 32);
            norm(tensors, prefix + ".downsample.proj.1.identity", 32);
        }
        String block = prefix + ".blocks.0";
        if (stage == 3) {
            biased(tensors, prefix + ".pos_emb.pos_enc", "32x1x7x7", 32);
            norm(tensors, block + ".norm", 32);
            tensors.add(block + ".token_mixer.qkv.weight\tfloat32\t96x32");
            biased(tensors, block + ".token_mixer.proj", "32x32", 32);
            tensors.add(block + ".layer_scale_1.gamma\tfloat32\t32x1x1");
            tensors.add(block + ".layer_scale_2.gamma\tfloat32\t32x1x1");
        } else {
            norm(tensors, block + ".token_mixer.norm.identity", 32);
            normed(tensors, block + ".token_mixer.mixer.conv_kxk.0", "32x1x3x3", 32);
            normed(tensors, block + ".token_mixer.mixer.conv_scale", "32x1x1x1", 32);
            norm(tensors, block + ".token_mixer.mixer.identity", 32);
            tensors.add(block + ".token_mixer.layer_scale.gamma\tfloat32\t32x1x1");
            tensors.add(block + ".layer_scale.gamma\tfloat32\t32x1x1");
        }
        normed(tensors, block + ".mlp.conv", "32x1x7x7", 32);
        biased(tensors, block + ".mlp.fc1", "64x32x1x1", 64);
        biased(tensors, block + ".mlp.fc2", "32x64x1x1", 32);
    }

    private static void text(List<String> tensors) {
        tensors.add("text.positional_embedding\tfloat32\t77x64");
        tensors.add("text.text_projection\tfloat32\t64x" + EMBEDDING_SIZE);
        tensors.add("text.token_embedding.weight\tfloat32\t" + VOCABULARY + "x64");
        String block = "text.transformer.resblocks.0.";
        affine(tensors, block + "ln_1", 64);
        tensors.add(block + "attn.in_proj_weight\tfloat32\t192x64");
        tensors.add(block + "attn.in_proj_bias\tfloat32\t192");
        biased(tensors, block + "attn.out_proj", "64x64", 64);
        affine(tensors, block + "ln_2", 64);
        biased(tensors, block + "mlp.c_fc", "128x64", 128);
        biased(tensors, block + "mlp.c_proj", "64x128", 64);
        affine(tensors, "text.ln_final", 64);
    }

    public static void normed(List<String> tensors, String prefix, String shape, int channels) {
        tensors.add(prefix + ".conv.weight\tfloat32\t" + shape);
        norm(tensors, prefix + ".bn", channels);
    }

    public static void norm(List<String> tensors, String prefix, int channels) {
        affine(tensors, prefix, channels);
        tensors.add(prefix + ".running_mean\tfloat32\t" + channels);
        tensors.add(prefix + ".running_var\tfloat32\t" + channels);
        tensors.add(prefix + ".num_batches_tracked\tint64\t");
    }

    public static void affine(List<String> tensors, String prefix, int channels) {
        tensors.add(prefix + ".weight\tfloat32\t" + channels);
        tensors.add(prefix + ".bias\tfloat32\t" + channels);
    }

    public static void biased(List<String> tensors, String prefix, String shape, int outputs) {
        tensors.add(prefix + ".weight\tfloat32\t" + shape);
        tensors.add(prefix + ".bias\tfloat32\t" + outputs);
    }

    /** A byte-level tokenizer without merges. */
    public static Path tokenizer(Path parent) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("version", "1.0");
        ArrayNode added = root.putArray("added_tokens");
        special(added, "<|startoftext|>", VOCABULARY - 2);
        special(added, "<|endoftext|>", VOCABULARY - 1);
        ObjectNode split = root.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode parts = split.putArray("pretokenizers");
        ObjectNode pieces = parts.addObject().put("type", "Split");
        pieces.putObject("pattern").put("Regex", "[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+");
        pieces.put("behavior", "Removed").put("invert", true);
        parts.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "</w>");
        ObjectNode vocabulary = model.putObject("vocab");
        List<String> symbols = byteSymbols();
        for (int i = 0; i < symbols.size(); i++) {
            vocabulary.put(symbols.get(i), i);
            vocabulary.put(symbols.get(i) + "</w>", 256 + i);
        }
        model.putArray("merges");
        Path file = parent.resolve("tiny-tokenizer.json");
        Files.writeString(file, root.toString());
        return file;
    }

    private static void special(ArrayNode added, String content, int id) {
        added.addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true);
    }

    /** The printable stand-ins of byte-level tokenizers for the 256 bytes. */
    private static List<String> byteSymbols() {
        List<String> symbols = new ArrayList<>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= 33 && b < 127) || (b >= 161 && b < 256 && b != 173);
            symbols.add(Character.toString(printable ? b : next++));
        }
        return symbols;
    }
}
