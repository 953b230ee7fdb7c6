package io.frametag.models.importer;

import io.frametag.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of an architecture by its name. The importer builds what the checkpoint holds; this
 * tells what can't be read off it and guards against a checkpoint of another architecture.
 *
 * @param layers blocks per stage; empty where a checkpoint may have any
 * @param widths channels per stage; empty where a checkpoint may have any
 * @param imageSize of a square input, where the user names none
 * @param openAiNormalisation whether pictures are normalised with OpenAI's mean and deviation
 */
record Architecture(
        String name,
        List<Integer> layers,
        List<Integer> widths,
        int imageSize,
        boolean openAiNormalisation) {

    private static final List<Float> OPENAI_MEAN = List.of(0.48145466f, 0.4578275f, 0.40821073f);
    private static final List<Float> OPENAI_STD = List.of(0.26862954f, 0.26130258f, 0.27577711f);

    private static final Map<String, Architecture> KNOWN = new TreeMap<>();

    static {
        List<Integer> narrow = List.of(64, 128, 256, 512);
        List<Integer> s2Layers = List.of(4, 12, 24, 4);
        List<Integer> s2Widths = List.of(80, 160, 320, 640);
        add("MobileCLIP-S0", List.of(2, 6, 10, 2), narrow, 256, false);
        add("MobileCLIP2-S0", List.of(2, 6, 10, 2), narrow, 256, false);
        add("MobileCLIP-S1", List.of(4, 12, 20, 4), narrow, 256, false);
        add("MobileCLIP-S2", s2Layers, s2Widths, 256, false);
        add("MobileCLIP2-S2", s2Layers, s2Widths, 256, false);
        add(
                "MobileCLIP2-S3",
                List.of(2, 12, 24, 4, 2),
                List.of(96, 192, 384, 768, 1536),
                256,
                true);
        add(
                "MobileCLIP2-S4",
                List.of(2, 12, 24, 4, 4),
                List.of(128, 256, 512, 1024, 2048),
                256,
                true);
        // The project's own small model, whose shape may change from training to training.
        add("nano", List.of(), List.of(), 128, false);
    }

    private static void add(
            String name, List<Integer> layers, List<Integer> widths, int size, boolean openAi) {
        KNOWN.put(name, new Architecture(name, layers, widths, size, openAi));
    }

    static Architecture named(String name) throws ModelException {
        Architecture architecture = KNOWN.get(name);
        if (architecture != null) {
            return architecture;
        }
        boolean vit = name.matches("MobileCLIP2?-(B|B-LT|L-14)");
        throw new ModelException(
                "architecture '%s' is %s; one of %s is needed"
                        .formatted(name, vit ? "not supported yet" : "not known", KNOWN.keySet()));
    }

    /** The names that {@link #named} knows. */
    static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    List<Float> mean() {
        return openAiNormalisation ? OPENAI_MEAN : List.of(0f, 0f, 0f);
    }

    List<Float> std() {
        return openAiNormalisation ? OPENAI_STD : List.of(1f, 1f, 1f);
    }

    /** Fails unless the checkpoint's image tower is a FastViT of this architecture's shape. */
    void check(Checkpoint checkpoint) throws ModelException {
        String trunk = FastVitTower.PREFIX;
        for (String vit : List.of(trunk + "patch_embed.", trunk + "blocks.0.", "visual.conv1.")) {
            if (checkpoint.hasAnyUnder(vit)) {
                throw new ModelException(
                        "the checkpoint's image tower is a ViT ("
                                + vit
                                + "*), which is not supported yet; take a model of the S series");
            }
        }
        List<Integer> foundLayers = new ArrayList<>();
        List<Integer> foundWidths = new ArrayList<>();
        for (int stage = 0; stage < checkpoint.count(trunk + "stages."); stage++) {
            String blocks = trunk + "stages." + stage + ".blocks.";
            foundLayers.add(checkpoint.count(blocks));
            foundWidths.add(checkpoint.dimension(blocks + "0.mlp.conv.conv.weight", 4, 0));
        }
        boolean known = layers.isEmpty() && !foundLayers.isEmpty();
        if (!known && !(layers.equals(foundLayers) && widths.equals(foundWidths))) {
            throw checkpoint.broken(
                    "has %s layers of widths %s, not %s of %s as %s"
                            .formatted(foundLayers, foundWidths, layers, widths, name));
        }
    }
}
