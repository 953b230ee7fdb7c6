package io.frametag.operators.model;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.operators.data.Frame;
import java.nio.FloatBuffer;
import org.apache.flink.annotation.Internal;

/** Turns frames into a model's input. Owns native memory; used by one thread at a time. */
@Internal
public interface FrameReader extends AutoCloseable {

    /**
     * What the model sees of the frame, of its own pixels where it has them, else of its compressed
     * picture: already of the size of the model's input, so that little waits for a batch.
     */
    Picture decode(Frame frame) throws PictureException;

    /** Normalises what {@link #decode} made into a slot of the batch. */
    void write(Picture picture, FloatBuffer slot);

    @Override
    void close();
}
