package io.frametag.models.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * One plane of 8-bit samples, read in words of four samples, the leftmost in the lowest byte. Of a
 * decoder's frame it borrows the memory, and must not be used after the frame's next change; on the
 * heap it owns its bytes and nobody writes to them.
 */
final class SamplePlane {

    private final ByteBuffer data;
    private final int stride;
    private final int width;
    private final int height;

    private SamplePlane(ByteBuffer data, int stride, int width, int height) {
        this.data = data;
        this.stride = stride;
        this.width = width;
        this.height = height;
    }

    /** Whether a plane of the frame can be read so: its rows end on whole words. */
    static boolean isReadable(AVFrame frame, int index, int width) {
        return frame.data(index) != null && frame.linesize(index) >= wholeWords(width);
    }

    /** Borrows a plane of a frame. */
    static SamplePlane borrow(AVFrame frame, int index, int width, int height) {
        int stride = frame.linesize(index);
        long bytes = (long) stride * (height - 1) + wholeWords(width);
        BytePointer pointer = new BytePointer(frame.data(index)).capacity(bytes);
        return new SamplePlane(pointer.asByteBuffer(), stride, width, height);
    }

    /** The same samples on the heap. */
    SamplePlane copy() {
        return new SamplePlane(
                ByteBuffer.wrap(bytes(wholeWords(width))), wholeWords(width), width, height);
    }

    /** The same samples turned, on the heap. */
    SamplePlane turned(Turn turn) {
        byte[] turned = turn.samples(bytes(width), width, height, 1);
        int outWidth = turn.width(width, height);
        int outHeight = turn.height(width, height);
        int padding = wholeWords(outWidth) - outWidth;
        return new SamplePlane(
                ByteBuffer.wrap(Arrays.copyOf(turned, turned.length + padding)),
                outWidth,
                outWidth,
                outHeight);
    }

    /** All rows, of each so many bytes. */
    private byte[] bytes(int each) {
        byte[] bytes = new byte[Math.multiplyExact(each, height)];
        for (int row = 0; row < height; row++) {
            data.get(row * stride, bytes, row * each, each);
        }
        return bytes;
    }

    private static int wholeWords(int width) {
        return (width + 3) & ~3;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Copies words of a row; the last word of a row may hold up to three bytes of padding. */
    void read(int row, int firstWord, int[] words) {
        data.slice(row * stride + 4 * firstWord, 4 * words.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(words);
    }

    /** Copies the samples of a row. */
    void read(int row, byte[] into) {
        data.get(row * stride, into, 0, width);
    }
}
