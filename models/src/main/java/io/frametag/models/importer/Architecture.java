package io.frametag.models.importer;

import io.frametag.models.ModelException;
import io.frametag.models.picture.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of an architecture by its name. The importer builds what the checkpoint holds; this
 * tells what can't be read off it and guards against a checkpoint of another architecture.
 *
 * @param vit whether the image tower is a ViT, else it is a FastViT
 * @param layers blocks per stage, of which a ViT has one; empty where a checkpoint may have any
 * @param widths channels per stage; empty where a checkpoint may have any
 * @param imageSize of a square input, where the user names none
 * @param openAiNormalisation whether pictures are normalised with OpenAI's mean and deviation
 * @param resize filter used for resizing pictures
 * @param causalText whether a token sees only those before it
 */
record Architecture(
        String name,
        boolean vit,
        List<Integer> layers,
        List<Integer> widths,
        int imageSize,
        boolean openAiNormalisation,
        Resampling resize,
        boolean causalText) {

    private static final List<Float> OPENAI_MEAN = List.of(0.48145466f, 0.4578275f, 0.40821073f);
    private static final List<Float> OPENAI_STD = List.of(0.26862954f, 0.26130258f, 0.27577711f);
    private static final String TRUNK = FastVitTower.PREFIX;

    private static final Map<String, Architecture> KNOWN = new TreeMap<>();

    static {
        List<Integer> narrow = List.of(64, 128, 256, 512);
        List<Integer> s2Layers = List.of(4, 12, 24, 4);
        List<Integer> s2Widths = List.of(80, 160, 320, 640);
        fastVit("MobileCLIP2-S0", List.of(2, 6, 10, 2), narrow, 256, false);
        fastVit("MobileCLIP-S1", List.of(4, 12, 20, 4), narrow, 256, false);
        fastVit("MobileCLIP-S2", s2Layers, s2Widths, 256, false);
        fastVit("MobileCLIP2-S2", s2Layers, s2Widths, 256, false);
        fastVit(
                "MobileCLIP2-S3",
                List.of(2, 12, 24, 4, 2),
                List.of(96, 192, 384, 768, 1536),
                256,
                true);
        fastVit(
                "MobileCLIP2-S4",
                List.of(2, 12, 24, 4, 4),
                List.of(128, 256, 512, 1024, 2048),
                256,
                true);
        for (String base : List.of("MobileCLIP-B", "MobileCLIP-B-LT", "MobileCLIP2-B")) {
            vit(base, 12, 768, false, Resampling.BILINEAR, true);
        }
        vit("MobileCLIP2-L-14", 24, 1024, true, Resampling.BICUBIC, false);
        // The project's own small model, whose shape may change from training to training.
        fastVit("nano", List.of(), List.of(), 128, false);
    }

    private static void fastVit(
            String name, List<Integer> layers, List<Integer> widths, int size, boolean openAi) {
        add(
                new Architecture(
                        name, false, layers, widths, size, openAi, Resampling.BILINEAR, false));
    }

    private static void vit(
            String name,
            int layers,
            int width,
            boolean openAi,
            Resampling resize,
            boolean causalText) {
        add(
                new Architecture(
                        name,
                        true,
                        List.of(layers),
                        List.of(width),
                        224,
                        openAi,
                        resize,
                        causalText));
    }

    private static void add(Architecture architecture) {
        KNOWN.put(architecture.name(), architecture);
    }

    static Architecture named(String name) throws ModelException {
        Architecture architecture = KNOWN.get(name);
        if (architecture == null) {
            throw new ModelException(
                    "architecture '%s' is not known; one of %s is needed"
                            .formatted(name, KNOWN.keySet()));
        }
        return architecture;
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

    /** The layer that gives the image embedding: its outputs are the embedding's size. */
    String headWeight() {
        return TRUNK + (vit ? "head.weight" : "head.fc.weight");
    }

    /** Fails unless the checkpoint's image tower is of this architecture's kind and shape. */
    void check(Checkpoint checkpoint) throws ModelException {
        checkKind(checkpoint);
        List<Integer> foundLayers = new ArrayList<>();
        List<Integer> foundWidths = new ArrayList<>();
        if (vit) {
            foundLayers.add(checkpoint.count(TRUNK + "blocks."));
            foundWidths.add(checkpoint.dimension(TRUNK + "pos_embed", 3, 2));
        }
        for (int stage = 0; stage < checkpoint.count(TRUNK + "stages."); stage++) {
            String blocks = TRUNK + "stages." + stage + ".blocks.";
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

    private void checkKind(Checkpoint checkpoint) throws ModelException {
        if (checkpoint.hasAnyUnder("visual.conv1.")) {
            throw checkpoint.broken(
                    "has an image tower in OpenAI's layout (visual.conv1.*), not in timm's");
        }
        String other = vit ? TRUNK + "stages." : TRUNK + "patch_embed.";
        if (checkpoint.hasAnyUnder(other)) {
            throw checkpoint.broken(
                    "has a %s for an image tower (%s*), not a %s as %s"
                            .formatted(
                                    vit ? "FastViT" : "ViT", other, vit ? "ViT" : "FastViT", name));
        }
    }
}
