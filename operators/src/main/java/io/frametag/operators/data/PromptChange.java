package io.frametag.operators.data;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One change of the prompt set: a prompt put, a prompt deleted, or the mark that all prompts which
 * were there when the job started have been read.
 *
 * @param id of the prompt; empty for the mark
 * @param version grows with each change of the same prompt: the offset on the prompts topic
 * @param prompt the prompt put; null where it is deleted, and for the mark
 */
@PublicEvolving
@TypeInfo(DataTypeFactory.class)
public record PromptChange(String id, long version, @Nullable Prompt prompt) {

    public PromptChange {
        Objects.requireNonNull(id, "id");
    }

    public static PromptChange put(long version, Prompt prompt) {
        return new PromptChange(prompt.id(), version, prompt);
    }

    public static PromptChange delete(String id, long version) {
        return new PromptChange(id, version, null);
    }

    /** The mark that the prompts which were there at the start have all been read. */
    public static PromptChange snapshotEnd() {
        return new PromptChange("", 0, null);
    }

    public boolean isSnapshotEnd() {
        return id.isEmpty();
    }
}
