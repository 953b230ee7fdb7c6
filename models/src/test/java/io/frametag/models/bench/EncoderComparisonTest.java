package io.frametag.models.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (EncoderComparison comparison = new EncoderComparison(model, Duration.ZERO)) {
            comparison.add(model, EncoderOptions.defaults());
            comparison.add(model, EncoderOptions.defaults().withLanes(3, 1));

            List<ComparisonRow> rows = comparison.run(2, 3, step -> {});

            String name = model.id() + " fp32, ";
            assertThat(rows)
                    .extracting(ComparisonRow::name)
                    .containsExactly(name + "bare session", name + "1 lane", name + "3 lanes");
            assertThat(rows.get(0).ratio()).isEqualTo(new Spread(1, 1, 1));
            assertThat(rows).allMatch(row -> row.framesPerSecond().least() > 0);
        }
    }
}
