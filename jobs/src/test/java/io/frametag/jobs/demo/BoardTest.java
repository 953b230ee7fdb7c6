package io.frametag.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.models.ModelId;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.Tag;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoardTest {

    private static final ModelId MODEL = new ModelId("nano", "0123456789ab");

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final Board board = new Board(List.of("yard", "street"), clock::get);

    private static FrameTags tags(String stream, long frameTime, String label) {
        return new FrameTags(
                stream,
                0,
                frameTime,
                MODEL,
                1,
                label.isEmpty() ? List.of() : List.of(new Tag(label, 1, label, 0.2, 0.9)));
    }

    private CameraView view(String stream) {
        return board.views().stream()
                .filter(view -> view.stream().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsItsCamerasBeforeAnythingHasCome() {
        assertThat(board.views()).extracting(CameraView::stream).containsExactly("street", "yard");
        assertThat(view("street").latencyP50()).isEqualTo(-1);
        assertThat(board.firstTagMillis()).isEqualTo(-1);
    }

    @Test
    void rateAndLatencyAreThoseOfTheLastSeconds() {
        for (int i = 0; i < 40; i++) {
            clock.addAndGet(250);
            board.tagged(tags("street", clock.get() - (i < 20 ? 900 : 30 + i), "car"), clock.get());
        }

        CameraView street = view("street");
        assertThat(street.framesPerSecond()).isEqualTo(4.0);
        assertThat(street.latencyP50()).isEqualTo(59);
        assertThat(street.latencyP95()).isEqualTo(68);
        assertThat(board.latencyPercentile(0.95)).isEqualTo(900);
        assertThat(board.tagged()).isEqualTo(40);
    }

    @Test
    void aCameraThatStoppedHasNoRate() {
        board.tagged(tags("street", clock.get(), "car"), clock.get());
        clock.addAndGet(Camera.WINDOW_MILLIS + 1);

        assertThat(view("street").framesPerSecond()).isZero();
        assertThat(view("street").latencyP50()).isEqualTo(-1);
    }

    @Test
    void theNewestFrameIsShownWhateverTheOrder() {
        board.tagged(tags("street", 2_000, "car"), clock.get());
        board.tagged(tags("street", 1_000, "bus"), clock.get());

        assertThat(view("street").tags()).extracting(Tag::label).containsExactly("car");
    }

    @Test
    void theFirstTagIsThatOfTheFirstFrameThatHasOne() {
        board.tagged(tags("street", 1, ""), clock.get());
        board.tagged(tags("street", 2, "car"), clock.addAndGet(40));

        assertThat(board.firstTagMillis()).isEqualTo(1_000_040);
    }
}
