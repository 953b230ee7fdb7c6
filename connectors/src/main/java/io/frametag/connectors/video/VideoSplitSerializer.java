package io.frametag.connectors.video;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Version 3: stream, position. Version 2 knew no motion, delivery and transport of the stream,
 * version 1 only its id and URI.
 */
final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

    static final int VERSION = 3;

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
        return read(version, new DataInputDeserializer(bytes));
    }

    static void check(int version, String what) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "this release reads versions 1 to %d of a %s, not version %d; use the release that wrote it"
                            .formatted(VERSION, what, version));
        }
    }

    static void write(VideoSplit split, DataOutputView out) throws IOException {
        split.stream().write(out);
        split.position().write(out);
    }

    static VideoSplit read(int version, DataInputView in) throws IOException {
        return new VideoSplit(VideoStream.read(version, in), VideoPosition.read(in));
    }
}
