package io.frametag.operators.match;

import io.frametag.models.ModelId;
import io.frametag.operators.data.GoldenBytes;
import io.frametag.operators.data.Prompt;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MatchSerializersTest {

    private static final ModelId MODEL = new ModelId("nano", "0123456789ab");

    private static final EncodedPrompt PROMPT =
            new EncodedPrompt(
                    new Prompt(
                            "dog",
                            "Dog",
                            List.of("a dog"),
                            List.of(),
                            List.of("a cat"),
                            "animals",
                            0.25,
                            Set.of("yard")),
                    3,
                    MODEL,
                    100,
                    new float[] {0.6f, -0.8f},
                    List.of(new float[] {1, 0}),
                    new float[] {0, 1});

    @Test
    void keepTheLayoutsOfRelease01() throws IOException {
        GoldenBytes.check("0.1", "encoded-prompt", new EncodedPromptSerializer(), PROMPT);
        PromptSetFactsSerializer facts = new PromptSetFactsSerializer();
        GoldenBytes.check("0.1", "facts", facts, new PromptSetFacts(7, MODEL, true));
        GoldenBytes.check("0.1", "facts-bare", facts, PromptSetFacts.NONE);
        PromptSetChangeSerializer change = new PromptSetChangeSerializer();
        GoldenBytes.check("0.1", "change-put", change, new PromptSetChange.Put(7, PROMPT));
        GoldenBytes.check("0.1", "change-delete", change, new PromptSetChange.Delete(8, "dog"));
        GoldenBytes.check("0.1", "change-complete", change, new PromptSetChange.Complete(9, MODEL));
        GoldenBytes.check(
                "0.1",
                "baselines",
                new BaselinesSerializer(),
                new Baselines(Map.of("dog", new Baselines.Baseline(3, 17, 0.25))));
    }
}
