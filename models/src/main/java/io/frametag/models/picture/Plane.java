package io.frametag.models.picture;

import java.util.Objects;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Reads one plane of a frame row by row. Borrows the frame's memory. */
final class Plane {

    private final BytePointer data;
    private final int stride;
    private final int bytes;
    private final int rows;

    Plane(AVFrame frame, int index, int bytes, int rows) {
        data = new BytePointer(frame.data(index));
        stride = frame.linesize(index);
        this.bytes = bytes;
        this.rows = rows;
    }

    /** Copies a row; rows outside are those of the nearest edge. */
    void read(int row, byte[] into) {
        // JavaCPP copies without looking at the array's length.
        Objects.checkFromIndexSize(0, bytes, into.length);
        long at = Math.max(0, Math.min(row, rows - 1));
        data.position(at * stride).get(into, 0, bytes);
    }
}
