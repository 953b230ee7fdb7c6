package io.frametag.jobs.cli.bench;

import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import picocli.CommandLine.Option;

/** The model that is measured. */
final class ModelOption {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "A model folder, or the name of a model in the store.")
    private String model = "";

    ModelOption() {}

    ModelFolder open() throws ModelException {
        return ModelStore.atDefaultLocation().open(model);
    }
}
