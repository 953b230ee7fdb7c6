package io.frametag.jobs.cli.models;

import io.frametag.jobs.UserError;
import io.frametag.models.ModelException;
import io.frametag.models.Precision;
import java.util.Locale;

/** The precision that a model is imported in, as users write it. */
final class PrecisionOption {

    static final String DESCRIPTION =
            "Precision of both encoders: fp32; int8 for CPUs with VNNI or AMX, two to three"
                    + " times as fast in less than half the memory at a cosine of 0.99 and better; fp16 for"
                    + " GPUs (cuda, tensorrt), slower than fp32 on a CPU. Default: ${DEFAULT-VALUE}.";

    private PrecisionOption() {}

    static Precision parse(String text) throws UserError {
        try {
            return Precision.named(text.toLowerCase(Locale.ROOT));
        } catch (ModelException e) {
            throw UserError.usage(e.getMessage());
        }
    }
}
