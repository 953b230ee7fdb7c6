package io.frametag.operators.data;

import io.frametag.models.picture.PictureCodec;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Layout of {@link Frame}. A frame that carries pixels is written, and so read back, as JPEG. */
@Internal
public final class FrameSerializer extends VersionedSerializer<Frame> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 2;
    }

    @Override
    protected void write(Frame frame, DataOutputView out) throws IOException {
        PictureCodec codec = frame.picture() == null ? frame.codec() : PictureCodec.JPEG;
        Fields.writeText(frame.stream(), out);
        out.writeLong(frame.sequence());
        out.writeLong(frame.frameTime());
        out.writeLong(frame.arrivalTime());
        Fields.writeOptionalText(codec == null ? null : codec.id(), out);
        Fields.writeBytes(compressed(frame), out);
        Fields.writeAttributes(frame.attributes(), out);
        writeDelivery(frame.delivery(), out);
    }

    private static void writeDelivery(Delivery delivery, DataOutputView out) throws IOException {
        Duration maxStaleness = delivery.maxStaleness();
        out.writeBoolean(delivery.live());
        out.writeLong(maxStaleness == null ? 0 : maxStaleness.toMillis());
    }

    /** Frames of layout 1 are complete. */
    private static Delivery readDelivery(int version, DataInputView in) throws IOException {
        if (version < 2) {
            return Delivery.complete();
        }
        boolean live = in.readBoolean();
        long millis = in.readLong();
        if (millis < 0 || (!live && millis > 0)) {
            throw new IOException("staleness limit (" + millis + " ms): the state is corrupt");
        }
        return new Delivery(live, millis == 0 ? null : Duration.ofMillis(millis));
    }

    private static byte[] compressed(Frame frame) throws IOException {
        return frame.picture() == null ? frame.bytes() : FramePixels.toJpeg(frame.picture());
    }

    @Override
    protected Frame read(int version, DataInputView in) throws IOException {
        return new Frame(
                Fields.readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                codec(Fields.readOptionalText(in)),
                Fields.readBytes(in),
                null,
                Fields.readAttributes(in),
                readDelivery(version, in));
    }

    private static @Nullable PictureCodec codec(@Nullable String id) throws IOException {
        if (id == null) {
            return null;
        }
        return PictureCodec.byId(id)
                .orElseThrow(() -> new IOException("codec (" + id + ") is not known"));
    }
}
