package io.frametag.jobs;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.json.PromptFile;
import io.frametag.operators.data.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The prompts that come with model nano. */
public final class DemoPrompts {

    private static final String RESOURCE = "demo/prompts.json";

    private DemoPrompts() {}

    public static List<Prompt> read() throws PromptException {
        try (InputStream stream = DemoPrompts.class.getResourceAsStream(RESOURCE)) {
            return PromptFile.parse(
                    RESOURCE, Objects.requireNonNull(stream, RESOURCE).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
