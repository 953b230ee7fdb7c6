package io.frametag.models.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.frametag.models.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads DJL's tokenizers without the network. DJL reports its use to its makers and downloads
 * another native library where it sees a GPU, unless two system properties say otherwise. They are
 * set only while a tokenizer loads and then put back, since others in the JVM may use DJL too.
 */
final class OfflineTokenizers {

    private static final String OFFLINE = "ai.djl.offline";
    private static final String NO_REPORT = "OPT_OUT_TRACKING";

    private OfflineTokenizers() {}

    static synchronized HuggingFaceTokenizer load(Path file, String json) throws ModelException {
        String offline = System.getProperty(OFFLINE);
        String noReport = System.getProperty(NO_REPORT);
        System.setProperty(OFFLINE, "true");
        System.setProperty(NO_REPORT, "true");
        try {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(bytes),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException | RuntimeException e) {
            // The native side reports a bad definition as a RuntimeException.
            throw new ModelException(
                    TokenizerFile.notATokenizer(file, String.valueOf(e.getMessage())).getMessage(),
                    e);
        } finally {
            restore(OFFLINE, offline);
            restore(NO_REPORT, noReport);
        }
    }

    private static void restore(String property, @Nullable String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }
}
