package io.frametag.operators.model;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * The models of the machine's model store: opened on the TaskManager that runs the operator, from
 * its own disk.
 *
 * @param nameOrPath as {@link ModelStore#open} takes it
 * @param reducedDecode whether JPEG pictures larger than the model's input may be decoded to a
 *     smaller size
 * @param encoder how the image encoder is run
 */
@Internal
public record StoredModels(String nameOrPath, boolean reducedDecode, EncoderSettings encoder)
        implements EncoderModels {

    public StoredModels {
        Objects.requireNonNull(nameOrPath, "nameOrPath");
        Objects.requireNonNull(encoder, "encoder");
    }

    @Override
    public ImageModel openImageModel() throws ModelException {
        ModelFolder folder = ModelStore.atDefaultLocation().open(nameOrPath);
        EncoderOptions options = encoder.on(Runtime.getRuntime().availableProcessors());
        ImageEncoder opened = ImageEncoder.open(folder, options);
        return new StoredImageModel(opened, folder.manifest().preprocessing(), reducedDecode);
    }

    @Override
    public TextModel openTextModel() throws ModelException {
        ModelFolder folder = ModelStore.atDefaultLocation().open(nameOrPath);
        return StoredTextModel.open(folder, textOptions());
    }

    /** Half of the cores: a thousand prompts put at once must leave the frames theirs. */
    private static EncoderOptions textOptions() {
        EncoderOptions options = EncoderOptions.defaults();
        return options.withIntraOpThreads(Math.max(1, options.intraOpThreads() / 2));
    }
}
