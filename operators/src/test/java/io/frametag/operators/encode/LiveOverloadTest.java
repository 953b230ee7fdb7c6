package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frametag.models.ModelException;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.DroppedFrame;
import io.frametag.operators.data.EncodeResult;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameEmbedding;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.TestingImageModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Live cameras at twice what the model can do, and a file beside them, in time that the test makes:
 * a run takes {@value #RUN_MILLIS} ms of it. After each step the test waits until nothing can go on
 * before time does.
 */
@Timeout(120)
final class LiveOverloadTest {

    private static final int BATCH = 4;
    private static final int DECODERS = 2;
    private static final int RUN_MILLIS = 100;
    private static final int STEP_MILLIS = 10;

    private final ManualBatchClock clock = new ManualBatchClock();
    private final StreamOrder order = new StreamOrder();
    private final AtomicInteger settled = new AtomicInteger();
    private final List<Out> out = new CopyOnWriteArrayList<>();
    private int submitted;

    /** A result, and how old its frame was then. */
    private record Out(EncodeResult result, long ageMillis) {}

    private EncodeRequest.Listener listener(Frame frame) {
        StreamOrder.Place place =
                order.enter(
                        frame.stream(),
                        result ->
                                out.add(
                                        new Out(
                                                result,
                                                clock.epochMillis() - frame.arrivalTime())));
        return new EncodeRequest.Listener() {
            @Override
            public void done(EncodeResult result) {
                place.done(result);
                settled.incrementAndGet();
            }

            @Override
            public void broken(Error error) {
                throw error;
            }

            @Override
            public void timed(EncodeRequest.Timings timings) {}
        };
    }

    /** Drives the service step by step. */
    private final class Simulation implements AutoCloseable {

        private final EncoderService service;
        private final TestingImageModel model;
        private final Semaphore permits;
        private final PictureGates gates;
        private long runStarted = -1;

        Simulation(String name, Duration limit) throws ModelException {
            ControlledModels models = new ControlledModels(name);
            gates = new PictureGates(new EncodePolicy(limit, null, 0));
            service =
                    EncoderService.open(
                            models, new BatchOptions(BATCH, Duration.ZERO, DECODERS), clock);
            model = models.last();
            model.runs().clear();
            permits = model.hold();
        }

        void submit(String stream, long sequence, Delivery delivery) {
            Frame frame =
                    Frame.compressed(
                                    stream,
                                    sequence,
                                    clock.epochMillis(),
                                    clock.epochMillis(),
                                    null,
                                    "dog".getBytes(StandardCharsets.UTF_8))
                            .withDelivery(delivery);
            submitted++;
            service.submit(new EncodeRequest(frame, gates, listener(frame)));
        }

        void step() {
            awaitStandstill();
            clock.advanceMillis(STEP_MILLIS);
            if (runStarted >= 0 && clock.epochMillis() - runStarted >= RUN_MILLIS) {
                int runs = model.runs().size();
                permits.release();
                await().pollInterval(Duration.ofMillis(1)).until(() -> model.runs().size() > runs);
                awaitStandstill();
                runStarted = permits.hasQueuedThreads() ? clock.epochMillis() : -1;
            } else if (runStarted < 0 && permits.hasQueuedThreads()) {
                runStarted = clock.epochMillis();
            }
        }

        /** A run waits and all that can be decoded is, or there is nothing left. */
        private void awaitStandstill() {
            await().pollInterval(Duration.ofMillis(1))
                    .until(
                            () -> {
                                int pending = service.pendingCount();
                                int inside = submitted - settled.get() - pending;
                                boolean runs = permits.hasQueuedThreads();
                                return inside + pending == 0
                                        || (runs && (pending == 0 || service.isHeldBack()));
                            });
        }

        void drain() {
            for (int i = 0; submitted > settled.get(); i++) {
                assertThat(i).isLessThan(1_000);
                step();
            }
        }

        @Override
        public void close() {
            permits.release(1_000);
            service.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 50", "8, 100", "1, 10"})
    void latencyStaysWithinTheLimitAndOneRunAndEveryFrameIsAccountedFor(
            int cameras, int everyMillis) throws ModelException {
        Duration limit = Duration.ofMillis(250);
        try (Simulation simulation = new Simulation("overload " + cameras, limit)) {
            for (int t = 0; t < 5_000; t += STEP_MILLIS) {
                for (int camera = 0; t % everyMillis == 0 && camera < cameras; camera++) {
                    simulation.submit("cam" + camera, t / everyMillis, Delivery.freshest());
                }
                simulation.step();
            }
            simulation.drain();

            List<Out> encoded =
                    out.stream().filter(o -> o.result() instanceof FrameEmbedding).toList();
            long dropped = out.stream().filter(o -> o.result() instanceof DroppedFrame).count();
            assertThat(encoded.size() + dropped).isEqualTo(submitted);
            assertThat(encoded)
                    .as("what the model can do in that time, nearly")
                    .hasSizeGreaterThan((int) (0.8 * BATCH * 5_000 / RUN_MILLIS));
            assertThat(dropped).isGreaterThan(submitted / 3);
            assertThat(encoded)
                    .allMatch(
                            o -> o.ageMillis() <= limit.toMillis() + RUN_MILLIS + 2 * STEP_MILLIS);
            eachCameraGotItsShareInOrder(cameras, encoded);
        }
    }

    private static void eachCameraGotItsShareInOrder(int cameras, List<Out> encoded) {
        Map<String, Long> last = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Out one : encoded) {
            FrameEmbedding frame = (FrameEmbedding) one.result();
            Long before = last.put(frame.stream(), frame.sequence());
            assertThat(before == null ? -1 : before).isLessThan(frame.sequence());
            counts.merge(frame.stream(), 1, Integer::sum);
        }
        assertThat(counts).hasSize(cameras);
        assertThat(counts.values()).allMatch(count -> count > 0.6 * encoded.size() / cameras);
    }

    @Test
    void aCameraBesideAFileAndAFastCameraGetsItsTurns() throws ModelException {
        Duration limit = Duration.ofMillis(400);
        try (Simulation simulation = new Simulation("mixed", limit)) {
            long file = 0;
            for (int t = 0; t < 4_000; t += STEP_MILLIS) {
                while (file < 32 + out.stream().filter(o -> isOf(o, "file")).count()) {
                    simulation.submit("file", file++, Delivery.complete());
                }
                simulation.submit("fast", t / STEP_MILLIS, Delivery.freshest());
                if (t % 200 == 0) {
                    simulation.submit("slow", t / 200, Delivery.freshest());
                }
                simulation.step();
            }
            simulation.drain();

            List<Out> slow = out.stream().filter(o -> isOf(o, "slow")).toList();
            assertThat(slow).hasSize(20).allMatch(o -> o.result() instanceof FrameEmbedding);
            assertThat(slow)
                    .allMatch(
                            o -> o.ageMillis() <= limit.toMillis() + RUN_MILLIS + 2 * STEP_MILLIS);
            long ofFile =
                    out.stream()
                            .filter(o -> isOf(o, "file"))
                            .filter(o -> o.result() instanceof FrameEmbedding)
                            .count();
            assertThat(ofFile).as("nothing of the file is lost").isEqualTo(file);
        }
    }

    private static boolean isOf(Out out, String stream) {
        return out.result().stream().equals(stream);
    }
}
