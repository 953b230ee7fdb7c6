package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.json.TagsJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoITCase {

    private static final Pattern ROW =
            Pattern.compile("(?m)^(\\w+) +(\\d+) +(\\d+) +(\\d+) +(\\d+) +(\\d+)$");

    @TempDir private Path folder;

    @Test
    void whatIsWrittenCountedAndShownIsTheSame() throws IOException {
        Path output = folder.resolve("tags.jsonl");

        Run run = Run.frametag("demo", "--duration", "3s", "--port", "0", "--output", output + "");

        assertThat(run.err()).doesNotContain("frametag:");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("--bootstrap-servers 127.0.0.1:", "the first tag was on Kafka");
        Map<String, Integer> written = new TreeMap<>();
        for (String line : Files.readAllLines(output)) {
            String stream = TagsJson.read(line.getBytes(StandardCharsets.UTF_8)).stream();
            written.merge(stream, 1, Integer::sum);
        }
        assertThat(written.keySet())
                .isEqualTo(java.util.Set.of("harbour", "site", "street", "yard"));
        Matcher row = ROW.matcher(run.out());
        int rows = 0;
        while (row.find()) {
            rows++;
            long[] cells = new long[5];
            for (int i = 0; i < 5; i++) {
                cells[i] = Long.parseLong(row.group(i + 2));
            }
            assertThat(cells[0]).isEqualTo(cells[1] + cells[2] + cells[3] + cells[4]);
            if (!row.group(1).equals("all")) {
                assertThat(cells[2]).isEqualTo((long) written.get(row.group(1)));
            }
        }
        assertThat(rows).isEqualTo(5);
    }

    @Test
    void aPortInUseIsOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.frametag("demo", "--port", taken.getLocalPort() + "");

            assertThat(run.exitCode()).isEqualTo(1);
            List<String> lines = run.err().lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(1))
                    .startsWith(
                            "frametag: port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
        }
    }

    @Test
    void anOutputThatCantBeWrittenIsOneLineAndNothingStarts() {
        Run run = Run.frametag("demo", "--output", folder.resolve("no/such/tags.jsonl") + "");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "frametag: output folder "
                                + folder.resolve("no/such")
                                + " does not exist; create it");
    }
}
