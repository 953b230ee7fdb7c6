package io.frametag.connectors.video;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Version 3: waiting splits, then known ids, known streams and ended ones, each in alphabetical
 * order. Version 2 wrote streams in less detail, version 1 had the first two.
 */
final class VideoEnumeratorStateSerializer
        implements SimpleVersionedSerializer<VideoEnumeratorState> {

    @Override
    public int getVersion() {
        return VideoSplitSerializer.VERSION;
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
        out.writeInt(state.streams().size());
        for (VideoStream stream : new TreeMap<>(state.streams()).values()) {
            stream.write(out);
        }
        out.writeInt(state.ended().size());
        for (Map.Entry<String, Long> ended : new TreeMap<>(state.ended()).entrySet()) {
            out.writeUTF(ended.getKey());
            out.writeLong(ended.getValue());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoEnumeratorState deserialize(int version, byte[] bytes) throws IOException {
        VideoSplitSerializer.check(version, "video enumerator's state");
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        List<VideoSplit> waiting = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            waiting.add(VideoSplitSerializer.read(version, in));
        }
        Set<String> known = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            known.add(in.readUTF());
        }
        Map<String, VideoStream> streams = new HashMap<>();
        Map<String, Long> ended = new HashMap<>();
        if (version > 1) {
            for (int left = in.readInt(); left > 0; left--) {
                VideoStream stream = VideoStream.read(version, in);
                streams.put(stream.id(), stream);
            }
            for (int left = in.readInt(); left > 0; left--) {
                ended.put(in.readUTF(), in.readLong());
            }
        }
        return new VideoEnumeratorState(waiting, known, streams, ended);
    }
}
