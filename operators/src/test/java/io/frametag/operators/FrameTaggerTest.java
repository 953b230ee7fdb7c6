package io.frametag.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.encode.EncodePolicy;
import io.frametag.operators.model.EncoderSettings;
import io.frametag.operators.model.StoredModels;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameTaggerTest {

    @Test
    void theDefaultsHold() {
        FrameTaggerSettings settings = FrameTaggerSettings.from(new Configuration());

        assertThat(settings.storedModels())
                .isEqualTo(new StoredModels("nano", false, EncoderSettings.DEFAULT));
        assertThat(settings.batch().maxSize()).isEqualTo(2);
        assertThat(settings.batch().maxDelay()).isEqualTo(Duration.ofMillis(10));
        assertThat(settings.queueCapacity()).isEqualTo(32);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.sampling().framesPerSecond()).isInfinite();
        assertThat(settings.policy()).isEqualTo(new EncodePolicy(Duration.ofSeconds(2), null, 0));
        assertThat(settings.thresholds().contested()).isEqualTo(0.3);
        assertThat(settings.thresholds().alone()).isEqualTo(0.7);
        assertThat(settings.statusInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.maxPrompts()).isEqualTo(10_000);
        assertThat(settings.gate().maxFrames()).isEqualTo(256);
        assertThat(settings.gate().maxWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.maxErrorBytes()).isEqualTo(65_536);
        assertThatCode(() -> FrameTagger.builder().build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frametag.encode.lanes | 0 | frametag.encode.lanes (0) must be from 1 to 64",
                "frametag.encode.provider | gpu | frametag.encode.provider (gpu) must be cpu, cuda or"
                        + " tensorrt",
                "frametag.encode.device | -1 | frametag.encode.device (-1) must be >= 0",
                "frametag.encode.threads | -1 | frametag.encode.threads (-1) must be from 1 to 1024",
                "frametag.batch.max-size | 0 | frametag.batch.max-size (0) must be >= 1",
                "frametag.batch.max-size | 64 | frametag.batch.max-size (64) must be <="
                        + " frametag.queue.capacity (32)",
                "frametag.batch.max-delay | 2 min | frametag.batch.max-delay (PT2M) must be <"
                        + " frametag.timeout (PT1M)",
                "frametag.timeout | 0 ms | frametag.timeout (PT0S) must be >= 1 ms",
                "frametag.threshold | 1.5 | frametag.threshold (1.5) must be from 0 to 1",
                "frametag.sampling | often | frametag.sampling (often) must be a rate such as"
                        + " 2fps or 0.5fps, an interval such as 10s, all, motion, or motion behind"
                        + " one of them such as 2fps+motion:0.5%:30s",
                "frametag.live.max-staleness | 0 ms | frametag.live.max-staleness (PT0S) must be >="
                        + " 1 ms",
                "frametag.live.max-staleness | 1 min | frametag.live.max-staleness (PT1M) must be <"
                        + " frametag.timeout (PT1M)",
                "frametag.reuse.max-change | 1 | frametag.reuse.max-change (1.0) must be >= 0 and"
                        + " < 1",
                "frametag.prompts.max-count | 0 | frametag.prompts.max-count (0) must be >= 1",
                "frametag.errors.max-bytes | 1 gb | frametag.errors.max-bytes (1073741824 b) must be <="
                        + " 16 mb"
            })
    void messagesNameOptionValueAndRule(String key, String value, String message) {
        Configuration config = new Configuration();
        config.setString(key, value);

        assertThatThrownBy(() -> FrameTagger.fromConfiguration(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
