package io.frametag.models.pull;

import io.frametag.models.ModelException;
import java.net.URI;
import java.util.List;

/**
 * A model that is published as safetensors in OpenCLIP's layout, and where. The whole table is
 * here; everything else about a model is the importer's.
 *
 * @param name its name, which is its architecture's too
 * @param repository where it lies on the hub
 */
public record PublishedModel(String name, String repository) {

    /** The public model hub that the models are published on. */
    public static final URI HUB = URI.create("https://huggingface.co");

    /** The domain of the hub's storage, which the hub redirects to for large files. */
    public static final String HUB_STORAGE = "*.hf.co";

    /** Apple's research licence, which all of them come under. */
    public static final String LICENCE = "apple-amlr";

    /** Where the licence can be read. */
    public static final URI LICENCE_TEXT =
            URI.create("https://huggingface.co/apple/MobileCLIP2-B/blob/main/LICENSE");

    static final String WEIGHTS = "open_clip_model.safetensors";
    static final String TOKENIZER = "tokenizer.json";

    // Apple publishes the second generation as pickles alone; the safetensors are OpenCLIP's own.
    private static final List<PublishedModel> ALL =
            List.of(
                    new PublishedModel("MobileCLIP-B", "apple/MobileCLIP-B-OpenCLIP"),
                    new PublishedModel("MobileCLIP-B-LT", "apple/MobileCLIP-B-LT-OpenCLIP"),
                    new PublishedModel("MobileCLIP-S1", "apple/MobileCLIP-S1-OpenCLIP"),
                    new PublishedModel("MobileCLIP-S2", "apple/MobileCLIP-S2-OpenCLIP"),
                    new PublishedModel("MobileCLIP2-B", "timm/MobileCLIP2-B-OpenCLIP"),
                    new PublishedModel("MobileCLIP2-L-14", "timm/MobileCLIP2-L-14-OpenCLIP"),
                    new PublishedModel("MobileCLIP2-S0", "timm/MobileCLIP2-S0-OpenCLIP"),
                    new PublishedModel("MobileCLIP2-S2", "timm/MobileCLIP2-S2-OpenCLIP"),
                    new PublishedModel("MobileCLIP2-S3", "timm/MobileCLIP2-S3-OpenCLIP"),
                    new PublishedModel("MobileCLIP2-S4", "timm/MobileCLIP2-S4-OpenCLIP"));

    /** The names that {@link #named} knows, sorted. */
    public static List<String> names() {
        return ALL.stream().map(PublishedModel::name).toList();
    }

    /**
     * Finds a model by its name.
     *
     * @throws ModelException naming those that are known
     */
    public static PublishedModel named(String name) throws ModelException {
        for (PublishedModel model : ALL) {
            if (model.name.equals(name)) {
                return model;
            }
        }
        throw new ModelException(
                "no published model '%s' is known; there are %s, and 'models import' takes files"
                        .formatted(name, String.join(", ", names())));
    }

    /** A file's address below a base address, which a mirror lays out as the hub does. */
    URI address(URI base, String file) {
        String root = base.toString().replaceAll("/+$", "");
        return URI.create(root + "/" + repository + "/resolve/main/" + file);
    }
}
