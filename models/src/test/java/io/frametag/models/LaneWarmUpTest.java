package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LaneWarmUpTest {

    private final CyclicBarrier together = new CyclicBarrier(3);

    @Test
    void eachSizeIsRunInAllLanesAtOnceLargestFirst() throws ModelException {
        List<Integer> sizes = new CopyOnWriteArrayList<>();

        new LaneWarmUp(
                        3,
                        size -> {
                            meetTheOthers();
                            sizes.add(size);
                        })
                .run(1, 4, 2);

        assertThat(sizes).containsExactly(4, 4, 4, 2, 2, 2, 1, 1, 1);
    }

    @Test
    void aFailureIsToldOnceAllLanesAreDone() {
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger started = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                new LaneWarmUp(
                                                3,
                                                size -> {
                                                    boolean first = started.getAndIncrement() == 0;
                                                    meetTheOthers();
                                                    if (first) {
                                                        throw new ModelException("out of memory");
                                                    }
                                                    ended.incrementAndGet();
                                                })
                                        .run(8, 1))
                .isInstanceOf(ModelException.class)
                .hasMessage("out of memory");
        assertThat(ended).hasValue(2);
    }

    private void meetTheOthers() {
        try {
            together.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the lanes were not run at once", e);
        }
    }
}
