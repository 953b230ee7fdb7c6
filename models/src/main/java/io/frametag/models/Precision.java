package io.frametag.models;

import java.util.Locale;

/** How exactly an encoder computes. */
public enum Precision {

    /** Everything in float32. */
    FP32,

    /**
     * Matrix products of the image encoder in 8 bits, for CPUs with VNNI or AMX. The rest, and the
     * text encoder, which runs once per prompt, in float32.
     */
    INT8;

    /** The name that manifests and users write, such as {@code int8}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The precision of that name.
     *
     * @throws ModelException if the name is none of a precision that models can be imported in
     */
    public static Precision named(String name) throws ModelException {
        for (Precision precision : values()) {
            if (precision.id().equals(name)) {
                return precision;
            }
        }
        String reason =
                name.equals("fp16")
                        ? "serves GPUs only, and can't be imported yet"
                        : "is not known";
        throw new ModelException(
                "precision '%s' %s; take fp32, or int8 for a CPU with VNNI or AMX"
                        .formatted(name, reason));
    }
}
