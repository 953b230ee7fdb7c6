package io.frametag.models.importer;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How a graph stores and computes real numbers. */
enum RealType {
    FLOAT32(Float.BYTES, TensorProto.DataType.FLOAT),

    /** IEEE 754 binary16. */
    FLOAT16(Short.BYTES, TensorProto.DataType.FLOAT16);

    private static final double MIN_NORMAL = 0x1p-14;

    /** From here on numbers are rounded to infinity. */
    private static final double BEYOND = 65520;

    private final int bytes;
    private final TensorProto.DataType onnx;

    RealType(int bytes, TensorProto.DataType onnx) {
        this.bytes = bytes;
        this.onnx = onnx;
    }

    int bytes() {
        return bytes;
    }

    TensorProto.DataType onnx() {
        return onnx;
    }

    /**
     * Writes a number, rounded to the nearest that there is.
     *
     * @throws IOException if it is finite and too large
     */
    void put(double value, ByteBuffer buffer) throws IOException {
        if (this == FLOAT32) {
            buffer.putFloat((float) value);
            return;
        }
        if (Math.abs(value) >= BEYOND && !Double.isInfinite(value)) {
            throw new IOException("weight " + value + " is beyond float16; import in fp32");
        }
        buffer.putShort(half(value));
    }

    /** To binary16, halfway cases to the even neighbour. */
    static short half(double value) {
        int sign = (int) (Double.doubleToRawLongBits(value) >>> 48) & 0x8000;
        double magnitude = Math.abs(value);
        int bits;
        if (Double.isNaN(magnitude)) {
            bits = 0x7E00;
        } else if (magnitude >= BEYOND) {
            bits = 0x7C00;
        } else if (magnitude < MIN_NORMAL) {
            bits = (int) Math.rint(magnitude * 0x1p24);
        } else {
            int exponent = Math.getExponent(magnitude);
            // From 1024 to 2048; the latter carries into the exponent, as it must.
            int fraction = (int) Math.rint(Math.scalb(magnitude, 10 - exponent));
            bits = ((exponent + 15) << 10) + fraction - 1024;
        }
        return (short) (sign | bits);
    }
}
