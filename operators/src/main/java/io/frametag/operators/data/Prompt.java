package io.frametag.operators.data;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, in words.
 *
 * @param id unique among the prompts; the key on the prompts topic
 * @param label what a tag of this prompt is called
 * @param texts one or more descriptions; their embeddings are averaged, then normalised
 * @param templates sentences with {@code {}} for the text, such as {@code a photo of a {}}; empty
 *     means that the texts are taken as they are
 * @param negatives descriptions of what this prompt is not, put into the same templates; they take
 *     probability from it, and from the others of its group
 * @param group prompts of one group compete: their probabilities add up to at most 1; null for a
 *     prompt that stands alone. One that has nobody to compete with on a stream, neither group nor
 *     negatives, is judged against a neutral text and what it usually scores there
 * @param threshold least probability at which a tag is emitted, from 0 to 1; null for the job's
 * @param streams ids of the streams it applies to; empty means all
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record Prompt(
        String id,
        String label,
        List<String> texts,
        List<String> templates,
        List<String> negatives,
        @Nullable String group,
        @Nullable Double threshold,
        Set<String> streams) {

    public Prompt {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(label, "label");
        texts = List.copyOf(texts);
        templates = List.copyOf(templates);
        negatives = List.copyOf(negatives);
        streams = Set.copyOf(streams);
    }

    /** A prompt of one text that stands alone and applies to every stream. */
    public static Prompt of(String id, String text) {
        return new Prompt(id, text, List.of(text), List.of(), List.of(), null, null, Set.of());
    }

    /** Whether this prompt is looked for on that stream. */
    public boolean appliesTo(String stream) {
        return streams.isEmpty() || streams.contains(stream);
    }
}
