package io.frametag.operators.data;

import io.frametag.models.ModelId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Layout of {@link FrameTags}. */
@Internal
public final class FrameTagsSerializer extends VersionedSerializer<FrameTags> {

    private static final long serialVersionUID = 1L;
    private static final TagSerializer TAG = new TagSerializer();

    @Override
    protected int version() {
        return 1;
    }

    @Override
    protected void write(FrameTags tags, DataOutputView out) throws IOException {

        Fields.writeText(tags.stream(), out);
        out.writeLong(tags.sequence());
        out.writeLong(tags.frameTime());
        Fields.writeModel(tags.model(), out);
        out.writeLong(tags.promptSetVersion());
        Fields.writeCount(tags.tags().size(), out);
        for (Tag tag : tags.tags()) {
            TAG.serialize(tag, out);
        }
    }

    @Override
    protected FrameTags read(int version, DataInputView in) throws IOException {

        String stream = Fields.readText(in);
        long sequence = in.readLong();
        long frameTime = in.readLong();
        ModelId model = Fields.readModel(in);
        long promptSetVersion = in.readLong();
        int count = Fields.readCount(in);
        List<Tag> tags = new ArrayList<>(Math.min(count, 1_000));
        for (int i = 0; i < count; i++) {
            tags.add(TAG.deserialize(in));
        }
        return new FrameTags(stream, sequence, frameTime, model, promptSetVersion, tags);
    }
}
