package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrametagTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "tag",
                "prompts",
                "prompts put",
                "prompts delete",
                "prompts list",
                "models",
                "models list",
                "models pull",
                "models import",
                "models verify",
                "models bench",
                "models embed",
                "models tokenize",
                "models preprocess",
                "models conformance"
            })
    void everyCommandHasHelpOnStandardOutput(String command) {
        Run run = Run.frametag((command + " --help").trim().split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith(("Usage: frametag " + command).trim());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void tellsItsVersion() {
        Run run = Run.frametag("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("frametag ").contains("Java 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "models", "prompts"})
    void noCommandIsWrongUsage(String command) {
        Run run = Run.frametag(command.isEmpty() ? new String[0] : new String[] {command});

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("frametag: no command given; ./frametag ").hasLineCount(1);
    }

    @Test
    void unknownOptionIsOneLineAndWrongUsage() {
        Run run = Run.frametag("tag", "--sorce", "a.mp4");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "frametag: Unknown options: '--sorce', 'a.mp4'; see ./frametag tag --help");
    }

    @Test
    void badDurationNamesOptionValueAndRule() {
        Run run = Run.frametag("demo", "--duration", "5 minutes");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "frametag: Invalid value for option '--duration': '5 minutes' is no"
                                + " duration; give one such as 30s, 2m, 1m30s or 500ms");
    }

    @Test
    void aProviderThatCannotBeIsToldBeforeAnythingStarts() {
        Run unknown = Run.frametag("tag", "--source", "a.mp4", "--provider", "gpu");
        Run negative = Run.frametag("tag", "--source", "a.mp4", "--device", "-1");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("--provider 'gpu' is not known; take cpu, cuda or tensorrt")
                .hasLineCount(1);
        assertThat(negative.err()).contains("--device (-1) must be >= 0").hasLineCount(1);

        assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
        for (String command : List.of("tag --source a.mp4", "models bench nano")) {
            Run absent = Run.frametag((command + " --provider cuda").split(" "));
            assertThat(absent.exitCode()).isEqualTo(1);
            assertThat(absent.err())
                    .isEqualToIgnoringNewLines(
                            "frametag: provider cuda is not in this build of ONNX Runtime; build"
                                    + " with 'mvn -Pgpu', or take provider cpu");
        }
    }

    @Test
    void verboseShowsTheStackTrace() {
        Run quiet = Run.frametag("tag", "--source", "missing.mp4");
        Run verbose = Run.frametag("--verbose", "tag", "--source", "missing.mp4");

        assertThat(quiet.exitCode()).isEqualTo(1);
        assertThat(quiet.err())
                .isEqualToIgnoringNewLines(
                        "frametag: source missing.mp4 does not exist; check the path");
        assertThat(verbose.exitCode()).isEqualTo(1);
        assertThat(verbose.err()).contains("\tat io.frametag.");
    }
}
