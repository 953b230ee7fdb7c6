package io.frametag.connectors.video;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: stream id, URI, position. */
final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(VideoSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoSplit deserialize(int version, byte[] bytes) throws IOException {
        check(version, "video split");
        return read(new DataInputDeserializer(bytes));
    }

    static void check(int version, String what) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "this release reads version %d of a %s, not version %d; use the release that wrote it"
                            .formatted(VERSION, what, version));
        }
    }

    static void write(VideoSplit split, DataOutputView out) throws IOException {
        out.writeUTF(split.splitId());
        out.writeUTF(split.uri());
        split.position().write(out);
    }

    static VideoSplit read(DataInputView in) throws IOException {
        return new VideoSplit(in.readUTF(), in.readUTF(), VideoPosition.read(in));
    }
}
