package io.frametag.models;

import java.util.Locale;

/** How exactly an encoder computes. */
public enum Precision {

    /** Everything in float32. */
    FP32,

    /**
     * Everything in float16, for GPUs. Pictures go in and embeddings come out in float32. A CPU
     * runs it too, but more slowly than float32, which it computes in all the same.
     */
    FP16,

    /**
     * Matrix products in 8 bits, for CPUs with VNNI or AMX; the rest in float32. The rows of the
     * tokens are stored in 8 bits too.
     */
    INT8;

    /** The name that manifests and users write, such as {@code int8}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The precision of that name.
     *
     * @throws ModelException if there is none
     */
    public static Precision named(String name) throws ModelException {
        for (Precision precision : values()) {
            if (precision.id().equals(name)) {
                return precision;
            }
        }
        throw new ModelException(
                "precision '%s' is not known; take fp32, fp16 for a GPU, or int8 for a CPU with VNNI or AMX"
                        .formatted(name));
    }
}
