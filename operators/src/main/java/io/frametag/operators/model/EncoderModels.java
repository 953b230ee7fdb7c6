package io.frametag.operators.model;

import io.frametag.models.ModelException;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/**
 * Where the two encoders of a model are opened. It travels with the job to the TaskManagers;
 * operators whose instances are equal share one image model per process.
 */
@Internal
public interface EncoderModels extends Serializable {

    /**
     * Opens the image encoder; the caller owns it.
     *
     * @throws ModelException if the model can't be used, in one line for the user
     */
    ImageModel openImageModel() throws ModelException;

    /**
     * Opens the text encoder; the caller owns it.
     *
     * @throws ModelException if the model can't be used, in one line for the user
     */
    TextModel openTextModel() throws ModelException;
}
