package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

/**
 * The options page has the options of cameras as they are. It is written anew, then looked through
 * and committed, by this test with {@code -Dframetag.docs.write=true}.
 */
final class CameraOptionsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String HEAD = "| key | default | what it is |\n| --- | --- | --- |\n";

    @Test
    void eachOptionHasItsRow() throws Exception {
        String page = Files.readString(PAGE);
        int start = page.indexOf(HEAD) + HEAD.length();
        assertThat(start).as("the table's head in %s", PAGE).isGreaterThan(HEAD.length());
        int end = start;
        while (end < page.length() && page.charAt(end) == '|') {
            end = page.indexOf('\n', end) + 1;
        }
        if (Boolean.getBoolean("frametag.docs.write")) {
            Files.writeString(PAGE, page.substring(0, start) + rows() + page.substring(end));
            return;
        }
        assertThat(page.substring(start, end))
                .as("write the table with -Dtest=CameraOptionsPageTest -Dframetag.docs.write=true")
                .isEqualTo(rows());
    }

    @Test
    void eachOptionIsTakenAsText() throws Exception {
        List<ConfigOption<?>> fields = new ArrayList<>();
        for (Field field : CameraOptions.class.getFields()) {
            fields.add((ConfigOption<?>) field.get(null));
        }
        assertThat(CameraOptions.ALL).isEqualTo(fields);
    }

    private static String rows() {
        StringBuilder rows = new StringBuilder();
        for (ConfigOption<?> option : CameraOptions.ALL) {
            String description = new HtmlFormatter().format(option.description());
            // Two stars in a line would be a pair to Markdown.
            description = description.replace("*", "\\*");
            rows.append(
                    "| `%s` | %s | %s |\n"
                            .formatted(option.key(), value(option.defaultValue()), description));
        }
        return rows.toString();
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return String.join(", ", list.stream().map(Object::toString).toList());
        }
        return value instanceof Duration duration
                ? TimeUtils.formatWithHighestUnit(duration)
                : value.toString();
    }
}
