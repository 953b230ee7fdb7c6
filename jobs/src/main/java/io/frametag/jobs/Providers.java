package io.frametag.jobs;

import io.frametag.models.ExecutionProvider;

/** What {@code --provider} and {@code --device} may be. */
public final class Providers {

    private Providers() {}

    public static ExecutionProvider provider(String name) throws UserError {
        try {
            return ExecutionProvider.named(name);
        } catch (IllegalArgumentException e) {
            throw UserError.usage("--" + e.getMessage());
        }
    }

    public static int device(int index) throws UserError {
        if (index < 0) {
            throw UserError.usage("--device (" + index + ") must be >= 0; the first GPU is 0");
        }
        return index;
    }
}
