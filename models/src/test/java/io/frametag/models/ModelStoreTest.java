package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {

    @TempDir Path root;

    @Test
    void modelsOpenByNameAndByPath() throws Exception {
        ModelFolder model = TestingModels.create(root);
        ModelStore store = ModelStore.at(root);
        assertThat(store.open("model").id()).isEqualTo(model.id());
        assertThat(store.open(model.path().toString()).id()).isEqualTo(model.id());
        assertThat(store.list()).containsExactly("nano", "model");
    }

    @Test
    void anUnknownModelNamesThoseThatAreThereAndTheMend() {
        ModelStore store = ModelStore.at(root.resolve("none"));
        for (String name : List.of("no-such", "", "../no-such", "a\0b")) {
            assertThatThrownBy(() -> store.open(name))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContainingAll("[nano]", "models import");
        }
        assertThat(root.resolve("none")).doesNotExist();
    }

    @Test
    void aPackagedModelIsImportedOnceHoweverManyAsk() throws Exception {
        PackagedModel packaged = packaged();
        Path store = root.resolve("store");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<ModelFolder>> opened = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                opened.add(threads.submit(() -> packaged.open(store)));
            }
            for (Future<ModelFolder> folder : opened) {
                assertThat(folder.get(60, TimeUnit.SECONDS).path())
                        .isEqualTo(opened.get(0).get(60, TimeUnit.SECONDS).path());
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> left = Files.list(store)) {
            assertThat(left)
                    .hasSize(1)
                    .allMatch(p -> p.getFileName().toString().matches("nano-[0-9a-f]{12}"));
        }
        assertThat(ModelStore.at(store).list()).containsExactly("nano");
    }

    @Test
    void aDamagedPackagedModelIsImportedAgain() throws Exception {
        PackagedModel packaged = packaged();
        ModelFolder folder = packaged.open(root.resolve("store"));
        Files.writeString(folder.imageGraph(), "damaged");
        assertThat(packaged.open(root.resolve("store")).id()).isEqualTo(folder.id());
    }

    @Test
    void aStoreThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "not a folder");
        assertThatThrownBy(() -> packaged().open(file.resolve("store")))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("can't be written", "FRAMETAG_MODELS");
    }

    @Test
    void theSmallModelOpensFromTheJar() throws Exception {
        assumeThat(ModelStore.class.getResource("/io/frametag/models/nano/nano.safetensors"))
                .as("the small model's weights are in this build")
                .isNotNull();
        ModelFolder nano = ModelStore.at(root).open("nano");
        assertThat(nano.id().name()).isEqualTo("nano");
        assertThat(ModelStore.at(root).open("nano").id()).isEqualTo(nano.id());
    }

    private PackagedModel packaged() throws Exception {
        return new PackagedModel(
                "nano",
                Files.readAllBytes(TestingModels.weights(root)),
                Files.readAllBytes(TestingModels.tokenizer(root)));
    }
}
