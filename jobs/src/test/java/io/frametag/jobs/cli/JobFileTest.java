package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileTest {

    @TempDir private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("job.yaml");
    }

    private Run tagWith(String yaml, String... args) throws IOException {
        Files.writeString(file, yaml);
        String[] all = new String[args.length + 3];
        all[0] = "tag";
        all[1] = "-c";
        all[2] = file.toString();
        System.arraycopy(args, 0, all, 3, args.length);
        return Run.frametag(all);
    }

    @Test
    void givesValuesForOptionsThatAreNotGiven() throws IOException {
        Run run = tagWith("source: missing-in-file.mp4\nsample: 2fps\n");

        assertThat(run.err()).contains("source missing-in-file.mp4 does not exist");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theCommandLineGoesBeforeTheFile() throws IOException {
        Run run = tagWith("source: [a.mp4, b.mp4]\n", "--source", "given.mp4");

        assertThat(run.err()).contains("source given.mp4 does not exist");
    }

    @Test
    void aListGivesAnOptionSeveralTimes() throws IOException {
        Path present = Files.writeString(folder.resolve("present.mp4"), "x");
        Run run = tagWith("source:\n  - " + present + "\n  - missing.mp4\n");

        assertThat(run.err()).contains("source missing.mp4 does not exist");
    }

    @Test
    void unknownKeyNamesLineKeyAndKnownKeys() throws IOException {
        Run run = tagWith("source: a.mp4\nsampel: 2fps\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "frametag: job file "
                                + file
                                + ", line 2: unknown key 'sampel'; known keys: bootstrap-servers,"
                                + " cameras, delivery, device, keyframes, model, motion, option,"
                                + " output, prompts, provider,"
                                + " reduced-decode, sample, source");
    }

    @Test
    void aKeyGivenTwiceIsRefused() throws IOException {
        Run run = tagWith("sample: 2fps\nsample: 3fps\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("line 2").hasLineCount(1);
    }

    @Test
    void brokenYamlNamesTheLine() throws IOException {
        Run run = tagWith("source: a.mp4\n  sample: 2fps\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("line 2: no valid YAML").hasLineCount(1);
    }

    @Test
    void aNestedValueIsRefused() throws IOException {
        Run run = tagWith("source:\n  street: a.mp4\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("needs a value or a list of values").hasLineCount(1);
    }

    @Test
    void camerasMayBeWrittenOut() throws IOException {
        Run run = tagWith("model: nano\ncameras:\n  - id: gate\n    url: a.mp4\n");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "frametag: "
                                + file
                                + ", line 4: field (url) is not known; a camera has id, uri,"
                                + " sample, keyframes, delivery, transport, realTime, loop");
    }

    @Test
    void optionsOfCamerasAreTakenAndLookedAt() throws IOException {
        Run wrong = tagWith("option:\n  frametag.cameras.stall-timeout: 0 s\n");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .isEqualToIgnoringNewLines(
                        "frametag: frametag.cameras.stall-timeout (PT0S) must be >= 1 ms");

        Run list = tagWith("option:\n  frametag.cameras.allowed-schemes:\n    - rtsp\n    - ftp\n");
        assertThat(list.err()).contains("allowed-schemes (ftp) must be of file").hasLineCount(1);

        Run noTime = tagWith("option: frametag.cameras.stall-timeout=soon\n");
        assertThat(noTime.err()).contains("frametag.cameras.stall-timeout").hasLineCount(1);

        Run unknown = tagWith("option:\n  frametag.cameras.stall: 9 s\n");
        assertThat(unknown.err())
                .contains("option frametag.cameras.stall is not known; known are frametag.cameras.")
                .hasLineCount(1);
    }

    @Test
    void optionsOfCamerasSayWhatIsConnectedTo() throws IOException {
        String yaml =
                """
                source: gate=rtsp://me:canary@127.0.0.1:1/live
                option:
                  frametag.cameras.allowed-hosts: [10.0.7.*, "*.example"]
                """;
        Run run = tagWith(yaml);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "frametag: rtsp://127.0.0.1:1/live is not connected to:"
                                + " frametag.cameras.allowed-hosts allows 10.0.7.*, *.example");

        Run given = tagWith(yaml, "--option", "frametag.cameras.allowed-schemes=http;file");
        assertThat(given.err()).contains("frametag.cameras.allowed-schemes allows file, http");
    }

    @Test
    void aMissingFileIsWrongUsage() {
        Run run = Run.frametag("tag", "-c", file.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "frametag: job file " + file + " does not exist; check the path");
    }
}
