package io.frametag.connectors.video;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: waiting splits, then known ids in alphabetical order. */
final class VideoEnumeratorStateSerializer
        implements SimpleVersionedSerializer<VideoEnumeratorState> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(VideoEnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(state.waiting().size());
        for (VideoSplit split : state.waiting()) {
            VideoSplitSerializer.write(split, out);
        }
        out.writeInt(state.known().size());
        for (String id : new TreeSet<>(state.known())) {
            out.writeUTF(id);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
        VideoSplitSerializer.check(version, "video enumerator's state");
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        List<VideoSplit> waiting = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            waiting.add(VideoSplitSerializer.read(in));
        }
        Set<String> known = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(in.readUTF());
        }
        return new VideoEnumeratorState(waiting, known);
    }
}
