package io.frametag.models.conformance;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/** Where the reference vectors are that some tests compare with. */
public final class SharedReference {

    private SharedReference() {}

    /** The folder; skips the calling test where it is absent. */
    public static Path folder() {
        Path shared = Path.of(System.getProperty("frametag.shared", "../shared"));
        assumeThat(shared.resolve("reference"))
                .as("the reference vectors are only checked where -Dframetag.shared has them")
                .isDirectory();
        return shared;
    }
}
