package io.frametag.operators.data;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a prompt says of a frame.
 *
 * @param prompt id of the prompt
 * @param version of the prompt, as in {@link PromptChange#version()}
 * @param label of the prompt
 * @param score cosine of the frame's and the prompt's embeddings, from -1 to 1
 * @param probability that this is what the frame shows, from 0 to 1; see {@link Prompt#group()}
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record Tag(String prompt, long version, String label, double score, double probability) {

    public Tag {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(label, "label");
    }
}
