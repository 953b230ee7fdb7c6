package io.frametag.jobs.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    /** The module's folder is the working directory of its tests. */
    private static final Path MODULE = Path.of("").toAbsolutePath();

    @Test
    void theLibraryExampleIsCodeThatCompiles() throws IOException {
        String readme = Files.readString(MODULE.resolve("../README.md"));
        String source =
                Files.readString(
                        MODULE.resolve("src/test/java/io/frametag/jobs/readme/TagGate.java"));

        String shown = between(readme, "```java\n", "```");
        String compiled = between(source, "// README begin\n", "        // README end");
        assertThat(shown).isEqualTo(compiled.indent(-8));
        assertThat(shown.lines().count()).isLessThanOrEqualTo(22);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
