package io.frametag.operators.model;

import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import io.frametag.operators.data.Frame;
import java.nio.FloatBuffer;
import org.apache.flink.annotation.Internal;

/** Turns frames into a model's input. Owns native memory; used by one thread at a time. */
@Internal
public interface FrameReader extends AutoCloseable {

    /** The frame's pixels: its own where it has them, else decoded. */
    Picture decode(Frame frame) throws PictureException;

    /** Resizes, cuts out and normalises a picture into a slot of the batch. */
    void write(Picture picture, FloatBuffer slot);

    @Override
    void close();
}
