package io.frametag.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Binary16 against its decoder, which is exact. */
final class RealTypeTest {

    private static final short INFINITE = 0x7C00;

    @Test
    void everyHalfIsItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = ElementType.half((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(RealType.half(value)).as("%04x", bits).isEqualTo((short) bits);
            }
        }
        assertThat(ElementType.half(RealType.half(Double.NaN))).isNaN();
    }

    @Test
    void numbersBetweenGoToTheNearestAndHalfwayToTheEven() {
        for (short bits = 0; bits + 1 < INFINITE; bits++) {
            double low = ElementType.half(bits);
            double high = ElementType.half((short) (bits + 1));
            short even = (short) (bits % 2 == 0 ? bits : bits + 1);
            assertThat(RealType.half((low + high) / 2)).as("%04x", bits).isEqualTo(even);
            assertThat(RealType.half(low + 0.49 * (high - low))).isEqualTo(bits);
            assertThat(RealType.half(low + 0.51 * (high - low))).isEqualTo((short) (bits + 1));
        }
    }

    @Test
    void whatFloat16CannotHoldIsRefused() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(8);
        RealType.FLOAT16.put(Double.NEGATIVE_INFINITY, buffer);
        assertThat(buffer.getShort(0)).isEqualTo((short) 0xFC00);
        assertThatThrownBy(() -> RealType.FLOAT16.put(-65520, buffer))
                .isInstanceOf(IOException.class)
                .hasMessage("weight -65520.0 is beyond float16; import in fp32");
        RealType.FLOAT32.put(1e30, buffer);
        assertThat(buffer.getFloat(2)).isEqualTo(1e30f);
    }
}
