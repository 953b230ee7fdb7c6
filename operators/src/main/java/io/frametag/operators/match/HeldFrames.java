package io.frametag.operators.match;

import io.frametag.operators.data.FrameEmbedding;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Frames of the current key that wait, in order, in keyed state: a ring of numbered entries, so
 * that adding and dropping one doesn't rewrite the others.
 */
final class HeldFrames {

    private final MapState<Long, FrameEmbedding> frames;
    private final ValueState<Long> first;
    private final ValueState<Long> next;

    HeldFrames(RuntimeContext context) {
        frames =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "gate-frames",
                                Types.LONG,
                                TypeInformation.of(FrameEmbedding.class)));
        first = context.getState(new ValueStateDescriptor<>("gate-first", Types.LONG));
        next = context.getState(new ValueStateDescriptor<>("gate-next", Types.LONG));
    }

    void add(FrameEmbedding frame) throws Exception {
        long number = number(next);
        frames.put(number, frame);
        next.update(number + 1);
    }

    long count() throws Exception {
        return number(next) - number(first);
    }

    void removeOldest() throws Exception {
        long number = number(first);
        frames.remove(number);
        first.update(number + 1);
    }

    List<FrameEmbedding> removeAll() throws Exception {
        List<FrameEmbedding> all = new ArrayList<>();
        for (long number = number(first); number < number(next); number++) {
            all.add(frames.get(number));
        }
        frames.clear();
        first.clear();
        next.clear();
        return all;
    }

    private static long number(ValueState<Long> state) throws Exception {
        Long value = state.value();
        return value == null ? 0 : value;
    }
}
