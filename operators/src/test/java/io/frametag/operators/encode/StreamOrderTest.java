package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.ModelId;
import io.frametag.operators.data.DroppedFrame;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.FrameEmbedding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamOrderTest {

    private final StreamOrder order = new StreamOrder();
    private final List<String> out = new ArrayList<>();

    private StreamOrder.Place enter(String stream) {
        return order.enter(stream, result -> out.add(name(result)));
    }

    private static String name(EncodeResult result) {
        return result instanceof FrameEmbedding embedding
                ? embedding.stream() + embedding.sequence()
                : ((DroppedFrame) result).reason();
    }

    private static FrameEmbedding embedding(String stream, long sequence) {
        ModelId model = new ModelId("m", "000000000000");
        return new FrameEmbedding(stream, sequence, 0, 0, model, new float[] {1});
    }

    @Test
    void embeddingsOfAStreamComeOutInOrderAndStreamsDoNotWaitForEachOther() {
        StreamOrder.Place a0 = enter("a");
        StreamOrder.Place a1 = enter("a");
        StreamOrder.Place b0 = enter("b");
        StreamOrder.Place a2 = enter("a");

        a2.done(embedding("a", 2));
        b0.done(embedding("b", 0));
        assertThat(out).containsExactly("b0");
        a0.done(embedding("a", 0));
        assertThat(out).containsExactly("b0", "a0");
        a1.done(embedding("a", 1));
        assertThat(out).containsExactly("b0", "a0", "a1", "a2");
    }

    @Test
    void whatIsDroppedOrGoneHoldsUpNothing() {
        StreamOrder.Place a0 = enter("a");
        StreamOrder.Place a1 = enter("a");
        StreamOrder.Place a2 = enter("a");
        StreamOrder.Place a3 = enter("a");

        a1.done(new DroppedFrame("a", 1, 0, "stale"));
        assertThat(out).containsExactly("stale");
        a3.done(embedding("a", 3));
        a2.gone();
        assertThat(out).containsExactly("stale");
        a0.done(embedding("a", 0));
        assertThat(out).containsExactly("stale", "a0", "a3");
    }
}
