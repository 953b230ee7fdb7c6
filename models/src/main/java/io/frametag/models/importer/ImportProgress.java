package io.frametag.models.importer;

/** Hears how far an import is; called often, on the importing thread. */
@FunctionalInterface
public interface ImportProgress {

    /**
     * @param part what is being done, such as {@code image encoder}
     * @param fraction of the checkpoint that was read, from 0 to 1
     */
    void report(String part, double fraction);
}
