package io.frametag.operators.data;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link Tag}. */
@Internal
public final class TagSerializer extends VersionedSerializer<Tag> {

    private static final long serialVersionUID = 1L;

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(Tag tag, DataOutputView out) throws IOException {

        Fields.writeText(tag.prompt(), out);
        out.writeLong(tag.version());
        Fields.writeText(tag.label(), out);
        out.writeDouble(tag.score());
        out.writeDouble(tag.probability());
    }

    @Override
    protected Tag read(int version, DataInputView in) throws IOException {

        return new Tag(
                Fields.readText(in),
                in.readLong(),
                Fields.readText(in),
                in.readDouble(),
                in.readDouble());
    }
}
