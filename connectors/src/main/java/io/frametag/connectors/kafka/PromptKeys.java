package io.frametag.connectors.kafka;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keys on the prompts topic: the prompt's id, in UTF-8. */
final class PromptKeys {

    private PromptKeys() {}

    static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    /** The key as text; empty where there is none, which is no id. */
    static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
