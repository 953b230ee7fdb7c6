package io.frametag.operators.match;

import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which prompts there are, by the rule that the last version of an id wins: a change of a version
 * that is not newer than what is known alters nothing and is not counted.
 *
 * <p>Deleted ids are remembered, the last {@code maxPrompts} of them, so that an older put which
 * comes late does not bring one back. Used by one thread.
 */
final class PromptRegistry {

    private final int maxPrompts;
    private final Map<String, PromptChange> prompts = new LinkedHashMap<>();
    private final Map<String, PromptChange> deleted = new LinkedHashMap<>();
    private long setVersion;

    PromptRegistry(int maxPrompts) {
        this.maxPrompts = maxPrompts;
    }

    void restore(long version, Iterable<PromptChange> changes) {
        setVersion = version;
        for (PromptChange change : changes) {
            (change.prompt() == null ? deleted : prompts).put(change.id(), change);
        }
    }

    /** Changes that were applied so far. */
    long setVersion() {
        return setVersion;
    }

    /** Whether the change is newer than what is known of its id. */
    boolean isNews(PromptChange change) {
        @Nullable PromptChange known = prompts.get(change.id());
        if (known == null) {
            known = deleted.get(change.id());
        }
        return known == null || change.version() > known.version();
    }

    /** Whether a prompt of that id can't be put because there are too many others. */
    boolean isFullFor(String id) {
        return !prompts.containsKey(id) && prompts.size() >= maxPrompts;
    }

    /** Applies a put that is news. */
    void put(PromptChange change) {
        deleted.remove(change.id());
        prompts.put(change.id(), change);
        setVersion++;
    }

    /** Applies a delete that is news; returns whether there was such a prompt. */
    boolean delete(PromptChange change) {
        boolean known = prompts.remove(change.id()) != null;
        deleted.remove(change.id());
        deleted.put(change.id(), change);
        if (deleted.size() > maxPrompts) {
            deleted.remove(deleted.keySet().iterator().next());
        }
        if (known) {
            setVersion++;
        }
        return known;
    }

    int count() {
        return prompts.size();
    }

    /** The prompts that are there, as the changes that put them. */
    List<PromptChange> prompts() {
        return List.copyOf(prompts.values());
    }

    /** All that {@link #restore} needs. */
    List<PromptChange> snapshot() {
        List<PromptChange> changes = new ArrayList<>(deleted.values());
        changes.addAll(prompts.values());
        return changes;
    }

    static Prompt promptOf(PromptChange put) {
        if (put.prompt() == null) {
            throw new IllegalArgumentException(put + " deletes");
        }
        return put.prompt();
    }
}
