package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.model.TestingModels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PendingRequestsTest {

    private final PictureGates gates = new PictureGates(EncodePolicy.encodeAll());
    private final PendingRequests pending = new PendingRequests(20);
    private final List<EncodeRequest> superseded = new ArrayList<>();

    private EncodeRequest complete(String stream, long sequence) {
        return new EncodeRequest(
                TestingModels.frame(stream, sequence, "dog"), gates, new CollectingListener());
    }

    private EncodeRequest live(String stream, long sequence) {
        return live(stream, sequence, gates);
    }

    private static EncodeRequest live(String stream, long sequence, PictureGates operator) {
        Frame frame = TestingModels.frame(stream, sequence, "dog");
        return new EncodeRequest(
                frame.withDelivery(Delivery.freshest()), operator, new CollectingListener());
    }

    private boolean offer(EncodeRequest request) {
        return pending.offer(request, superseded);
    }

    private List<String> pollAll() throws InterruptedException {
        List<EncodeRequest> taken = new ArrayList<>();
        for (EncodeRequest next = poll(); next != null; next = poll()) {
            taken.add(next);
        }
        return names(taken);
    }

    private EncodeRequest poll() throws InterruptedException {
        return pending.poll(0, TimeUnit.SECONDS);
    }

    private static List<String> names(List<EncodeRequest> requests) {
        return requests.stream().map(r -> r.frame().stream() + r.frame().sequence()).toList();
    }

    @Test
    void streamsTakeTurnsWhateverTheyAreOwed() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            offer(complete("fast", i));
        }
        offer(complete("slow", 0));
        offer(live("cam", 0));
        offer(complete("slow", 1));

        assertThat(pollAll())
                .containsExactly("fast0", "slow0", "cam0", "fast1", "slow1", "fast2", "fast3");
    }

    @Test
    void aStreamThatAlwaysHasMoreLeavesTheOthersTheirTurns() throws InterruptedException {
        offer(complete("slow", 0));
        for (int i = 0; i < 10; i++) {
            offer(complete("fast", i));
        }
        List<EncodeRequest> taken = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            taken.add(poll());
            offer(complete("fast", 10 + i));
            if (i % 2 == 1) {
                offer(complete("slow", i));
            }
        }

        assertThat(names(taken))
                .containsExactly("slow0", "fast0", "fast1", "slow1", "fast2", "slow3");
    }

    @Test
    void aNewerLiveRequestTakesThePlaceAndTheTurnOfTheOneBefore() throws InterruptedException {
        offer(live("a", 0));
        offer(live("b", 0));
        offer(live("a", 1));
        offer(live("a", 2));

        assertThat(names(superseded)).containsExactly("a0", "a1");
        assertThat(pending.size()).isEqualTo(2);
        assertThat(pollAll()).containsExactly("a2", "b0");
    }

    @Test
    void completeRequestsAreNeverSuperseded() throws InterruptedException {
        offer(complete("a", 0));
        offer(live("a", 1));
        offer(complete("a", 2));
        offer(live("a", 3));

        assertThat(names(superseded)).containsExactly("a1");
        assertThat(pollAll()).containsExactly("a0", "a2", "a3");
    }

    @Test
    void streamsOfTheSameNameInOtherOperatorsAreOtherStreams() throws InterruptedException {
        offer(live("a", 0));
        offer(live("a", 1, new PictureGates(EncodePolicy.encodeAll())));

        assertThat(superseded).isEmpty();
        assertThat(pollAll()).containsExactly("a0", "a1");
    }

    @Test
    void whereThereIsNoRoomItSaysSoAndRemovalMakesRoom() throws InterruptedException {
        List<EncodeRequest> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            EncodeRequest request = complete("s" + i % 3, i);
            all.add(request);
            assertThat(offer(request)).isTrue();
        }
        assertThat(offer(complete("s0", 99))).isFalse();
        all.subList(1, 20).forEach(pending::remove);
        pending.remove(all.get(5));

        assertThat(pending.size()).isEqualTo(1);
        assertThat(offer(complete("s1", 100))).isTrue();
        assertThat(pollAll()).containsExactly("s00", "s1100");
        assertThat(pending.size()).isZero();
    }

    @Test
    void oneThatComesAgainIsFirstUnlessANewerLiveOneWaits() throws InterruptedException {
        offer(complete("a", 5));
        offer(live("b", 5));

        assertThat(Stream.of(complete("a", 4), live("b", 4), live("c", 4)).map(pending::offerAgain))
                .containsExactly(true, false, true);
        assertThat(pollAll()).containsExactly("a4", "b5", "c4", "a5");
    }
}
