package io.frametag.operators.model;

import io.frametag.models.ImageBatch;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelId;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.PictureLimits;
import io.frametag.models.picture.Preprocessing;
import io.frametag.models.picture.Preprocessor;
import io.frametag.operators.data.Frame;
import java.nio.FloatBuffer;

/** An image encoder of the model store. Owns the encoder. */
final class StoredImageModel implements ImageModel {

    private final ImageEncoder encoder;
    private final Preprocessing preprocessing;
    private final boolean reducedDecode;

    StoredImageModel(ImageEncoder encoder, Preprocessing preprocessing, boolean reducedDecode) {
        this.encoder = encoder;
        this.preprocessing = preprocessing;
        this.reducedDecode = reducedDecode;
    }

    @Override
    public ModelId id() {
        return encoder.model();
    }

    @Override
    public int lanes() {
        return encoder.lanes();
    }

    @Override
    public void warmUp(int... batchSizes) throws ModelException {
        encoder.warmUp(batchSizes);
    }

    @Override
    public Batch newBatch(int capacity) {
        ImageBatch batch = encoder.newBatch(capacity);
        return new Batch() {
            @Override
            public FloatBuffer slot(int index) {
                return batch.slot(index);
            }

            @Override
            public float[][] encode(int count) throws ModelException {
                return encoder.encode(batch, count);
            }
        };
    }

    @Override
    public FrameReader newReader() {
        PictureLimits limits = PictureLimits.defaults();
        PictureDecoder decoder =
                reducedDecode
                        ? PictureDecoder.reduced(limits, preprocessing.size())
                        : new PictureDecoder(limits);
        return new Reader(decoder, new Preprocessor(preprocessing));
    }

    @Override
    public void close() {
        encoder.close();
    }

    private record Reader(PictureDecoder decoder, Preprocessor preprocessor)
            implements FrameReader {

        @Override
        public Picture decode(Frame frame) throws PictureException {
            return frame.bytes() == null
                    ? preprocessor.crop(frame.picture())
                    : decoder.crop(frame.bytes(), frame.codec(), preprocessor);
        }

        @Override
        public void write(Picture picture, FloatBuffer slot) {
            preprocessor.write(picture, slot);
        }

        @Override
        public void close() {
            decoder.close();
        }
    }
}
