package io.frametag.jobs.bench;

import ai.onnxruntime.OrtException;
import io.frametag.models.bench.BareSession;
import java.io.IOException;
import java.nio.FloatBuffer;

/** What the usual jobs encode a picture with. Used by one thread. */
interface UsualEncoder extends AutoCloseable {

    /** The embedding of a JPEG picture. */
    float[] encode(byte[] jpeg) throws Exception;

    @Override
    void close() throws OrtException;

    /** With which library. */
    enum Kind {
        /** ONNX Runtime's own Java classes. */
        SESSION {
            @Override
            UsualEncoder open(UsualModel model) throws OrtException {
                return new OfSession(model);
            }
        },
        /** DJL with its ONNX Runtime engine. */
        DJL {
            @Override
            UsualEncoder open(UsualModel model) throws Exception {
                return DjlEncoder.open(model);
            }
        };

        abstract UsualEncoder open(UsualModel model) throws Exception;
    }

    /** A session of its own, a batch of one. Owns the session. */
    final class OfSession implements UsualEncoder {

        private final UsualModel model;
        private final BareSession session;

        OfSession(UsualModel model) throws OrtException {
            this.model = model;
            session = new BareSession(model.graph(), model.size());
        }

        @Override
        public float[] encode(byte[] jpeg) throws OrtException, IOException {
            return session.run(FloatBuffer.wrap(UsualPictures.input(jpeg, model)), 1)[0];
        }

        @Override
        public void close() throws OrtException {
            session.close();
        }
    }
}
