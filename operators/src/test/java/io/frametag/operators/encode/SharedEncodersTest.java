package io.frametag.operators.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.ModelException;
import io.frametag.operators.model.ControlledModels;
import io.frametag.operators.model.TestingModels;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SharedEncodersTest {

    private static final BatchOptions OPTIONS = new BatchOptions(4, Duration.ofMillis(1), 2);

    private final SharedEncoders encoders = new SharedEncoders(BatchClock.system());

    @Test
    void equalModelsAndOptionsShareOneServiceUntilTheLastIsDone() throws ModelException {
        ControlledModels models = new ControlledModels("shared");
        SharedEncoders.Lease first = encoders.acquire(models, OPTIONS);
        SharedEncoders.Lease second = encoders.acquire(new ControlledModels("shared"), OPTIONS);

        assertThat(second.service()).isSameAs(first.service());
        assertThat(models.opened()).hasSize(1);
        first.close();
        first.close();
        assertThat(models.last().closedCount()).isZero();
        second.close();
        assertThat(models.last().closedCount()).isEqualTo(1);
        assertThat(encoders.openCount()).isZero();
    }

    @Test
    void otherOptionsAreAnotherService() throws ModelException {
        ControlledModels models = new ControlledModels("options");
        BatchOptions others = new BatchOptions(2, Duration.ofMillis(1), 1);
        try (SharedEncoders.Lease first = encoders.acquire(models, OPTIONS);
                SharedEncoders.Lease second = encoders.acquire(models, others)) {
            assertThat(second.service()).isNotSameAs(first.service());
        }
        assertThat(encoders.openCount()).isZero();
    }

    @Test
    void aThousandTimesOpenedAndClosedLeavesNothingBehind() throws ModelException {
        ControlledModels models = new ControlledModels("thousand");
        for (int i = 0; i < 1_000; i++) {
            encoders.acquire(models, OPTIONS).close();
        }

        assertThat(models.opened())
                .hasSize(1_000)
                .allMatch(model -> model.closedCount() == 1 && model.openReaders() == 0);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("frametag-"));
    }

    @Test
    void afterAFailedOpeningNothingIsHeld() {
        TestingModels unusable = new TestingModels(TestingModels.UNUSABLE);

        assertThatThrownBy(() -> encoders.acquire(unusable, OPTIONS))
                .isInstanceOf(ModelException.class);
        assertThat(encoders.openCount()).isZero();
    }
}
