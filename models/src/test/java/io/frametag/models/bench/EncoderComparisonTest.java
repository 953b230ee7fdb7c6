package io.frametag.models.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ModelFolder;
import io.frametag.models.TestingModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncoderComparisonTest {

    @TempDir Path folder;

    @Test
    void theBaselineIsMeasuredInTheSameRun() throws Exception {
        ModelFolder model = TestingModels.create(folder);
        List<ComparisonRow> rows =
                EncoderComparison.run(
                        model, List.of(model), EncoderOptions.defaults(), 2, 3, Duration.ZERO);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).contender()).startsWith("bare session");
        assertThat(rows.get(0).ratio()).isEqualTo(1);
        assertThat(rows.get(1).contender()).isEqualTo(model.id() + " fp32");
        assertThat(rows).allMatch(row -> row.slowest() > 0 && row.slowest() <= row.fastest());
    }

    @Test
    void ratiosAreOfTheSameRound() {
        double[] baseline = {1, 10, 100};
        ComparisonRow row = ComparisonRow.of("x", new double[] {2, 20, 700}, baseline);
        assertThat(row.ratio()).isEqualTo(2, within(1e-9));
        assertThat(row.framesPerSecond()).isEqualTo(20);
        assertThat(row.slowest()).isEqualTo(2);
        assertThat(row.fastest()).isEqualTo(700);
        assertThat(row.toString()).contains("20.00 frames/s (2.00 to 700.00), 2.00 x");
    }
}
