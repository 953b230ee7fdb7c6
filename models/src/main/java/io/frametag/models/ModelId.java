package io.frametag.models;

import java.util.Objects;

/**
 * Which model made an embedding: its name and the hash of its content. Two models with equal ids
 * give equal embeddings, so ids are what tags are traced by and what caches are keyed by.
 *
 * @param name the model's name, such as {@code MobileCLIP2-S3}
 * @param contentHash the first 12 hexadecimal digits of the SHA-256 over the hashes of its files
 */
public record ModelId(String name, String contentHash) {

    public ModelId {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(contentHash, "contentHash");
    }

    /** Parses what {@link #toString()} gives. */
    public static ModelId parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("model id (" + text + ") must be NAME@HASH");
        }
        return new ModelId(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return name + "@" + contentHash;
    }
}
