package io.frametag.operators.match;

import io.frametag.operators.data.PromptChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Changes of prompts that wait, in their order. What is to be encoded anew goes before them. Used
 * by the task thread; only its size is read by others.
 */
final class PromptQueue {

    private final Deque<Step> steps = new ArrayDeque<>();

    /**
     * A change that waits.
     *
     * @param change as it came
     * @param anew whether it was applied before, and only its model is new
     */
    record Step(PromptChange change, boolean anew) {}

    void add(PromptChange change) {
        steps.add(new Step(change, false));
    }

    /**
     * Before all others: prompts that are in the set already, then maybe the mark that they are
     * all.
     */
    void addAnew(List<PromptChange> puts, boolean complete) {
        if (complete) {
            steps.addFirst(new Step(PromptChange.snapshotEnd(), true));
        }
        for (int i = puts.size() - 1; i >= 0; i--) {
            steps.addFirst(new Step(puts.get(i), true));
        }
    }

    /** Whether prompts of another model are not all encoded anew yet. */
    boolean hasAnew() {
        return !steps.isEmpty() && steps.peek().anew;
    }

    /**
     * The puts at the head that need encoding, at most so many; none if the first step does not.
     */
    List<PromptChange> putsToEncode(PromptRegistry registry, int most) {
        List<PromptChange> puts = new ArrayList<>();
        for (Step step : steps) {
            if (puts.size() == most || !needsEncoding(step, registry)) {
                break;
            }
            puts.add(step.change);
        }
        return puts;
    }

    private static boolean needsEncoding(Step step, PromptRegistry registry) {
        if (step.change.prompt() == null || step.anew) {
            return step.change.prompt() != null;
        }
        return registry.isNews(step.change) && !registry.isFullFor(step.change.id());
    }

    Step remove() {
        return steps.remove();
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    int size() {
        return steps.size();
    }

    /** What a restart needs; what is to be encoded anew it knows from the set. */
    List<PromptChange> snapshot() {
        return steps.stream().filter(step -> !step.anew).map(Step::change).toList();
    }
}
