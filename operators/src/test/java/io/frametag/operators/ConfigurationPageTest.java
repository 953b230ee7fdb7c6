package io.frametag.operators;

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
 * The options page has the options as they are. It is written anew, then looked through and
 * committed, by this test with {@code -Dframetag.docs.write=true}.
 */
final class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String HEAD = "| option | default | |\n| --- | --- | --- |\n";

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
                .as("write the table with -Dtest=ConfigurationPageTest -Dframetag.docs.write=true")
                .isEqualTo(rows());
    }

    private static String rows() throws IllegalAccessException {
        List<String> rows = new ArrayList<>();
        for (Field field : FrameTaggerOptions.class.getFields()) {
            if (field.get(null) instanceof ConfigOption<?> option) {
                String description = new HtmlFormatter().format(option.description());
                rows.add(
                        "| `%s` | %s | %s |\n".formatted(option.key(), value(option), description));
            }
        }
        return String.join("", rows);
    }

    private static String value(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null) {
            return "";
        }
        return value instanceof Duration duration
                ? TimeUtils.formatWithHighestUnit(duration)
                : value.toString();
    }
}
