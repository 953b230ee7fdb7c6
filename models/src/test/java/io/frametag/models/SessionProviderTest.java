package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.frametag.models.importer.ModelImporter;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SessionProviderTest {

    @TempDir Path folder;

    private static EncoderOptions on(ExecutionProvider provider) {
        return EncoderOptions.defaults().withProvider(provider, 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUDA", "TENSORRT"})
    void aProviderThatIsNotInTheBuildIsSaidSo(ExecutionProvider provider) throws Exception {
        assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
        ModelFolder model = TestingModels.create(folder);

        assertThatThrownBy(() -> ImageEncoder.open(model, on(provider)))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "provider %s is not in this build of ONNX Runtime; build with 'mvn -Pgpu',"
                                + " or take provider cpu",
                        provider.id());
    }

    /** In the usual build because they are not in it, in that for GPUs for want of a driver. */
    @ParameterizedTest
    @EnumSource(names = {"CUDA", "TENSORRT"})
    void aProviderWhoseLibrariesDoNotLoadIsSaidSo(ExecutionProvider provider) throws Exception {
        ModelFolder model = TestingModels.create(folder);
        try (SessionOptions settings = new SessionOptions()) {
            new SessionProvider(on(provider))
                    .addTo(settings, model.imageGraph(), EnumSet.allOf(OrtProvider.class));
            abort("this machine has a GPU, and its libraries");
        } catch (ModelException e) {
            assertThat(e)
                    .hasMessageStartingWith(
                            "provider %s can't be used on this machine, device 1: ", provider.id())
                    .hasMessageEndingWith(
                            "; install its driver and libraries, or take provider cpu");
            assertThat(e.getMessage()).hasLineCount(1);
        }
    }

    /** Its products would all go to the processor, one by one. */
    @Test
    void aModelInInt8IsRefused() throws Exception {
        ModelFolder model =
                ModelImporter.importModel(
                        TestingModels.request(folder, folder.resolve("int8"))
                                .withPrecision(Precision.INT8),
                        (part, fraction) -> {});
        SessionProvider provider = new SessionProvider(on(ExecutionProvider.CUDA));
        try (SessionOptions settings = new SessionOptions()) {
            assertThatThrownBy(
                            () ->
                                    provider.addTo(
                                            settings,
                                            model.imageGraph(),
                                            EnumSet.allOf(OrtProvider.class)))
                    .isInstanceOf(ModelException.class)
                    .hasMessage(
                            "%s is in int8, for processors, and provider cuda can't run it; import"
                                    + " the model in fp16 or fp32, or take provider cpu",
                            model.imageGraph());
        }
    }

    @Test
    void operatorsMayNotFallBackToTheProcessorWhereTheGraphHasNoShapes() throws Exception {
        ModelFolder model = TestingModels.create(folder);
        EncoderOptions cuda = on(ExecutionProvider.CUDA);
        try (SessionOptions settings = new SessionOptions()) {
            assertThatThrownBy(
                            () ->
                                    new SessionProvider(cuda)
                                            .addTo(
                                                    settings,
                                                    model.imageGraph(),
                                                    EnumSet.allOf(OrtProvider.class)))
                    .isInstanceOf(ModelException.class);
            assertThat(settings.getConfigEntries())
                    .containsEntry("session.disable_cpu_ep_fallback", "1");
        }
        assertThat(OnnxGraphFile.read(model.imageGraph()).operators())
                .contains("Conv")
                .doesNotContain("Shape");
    }

    @Test
    void textEncodersRunOnTheProcessorWhateverTheProvider() throws Exception {
        ModelFolder model = TestingModels.create(folder);

        try (TextEncoder encoder = TextEncoder.open(model, on(ExecutionProvider.CUDA))) {
            assertThat(encoder).isNotNull();
        }
    }

    @Test
    void namesAreThoseThatUsersWrite() {
        assertThat(ExecutionProvider.named("tensorrt")).isEqualTo(ExecutionProvider.TENSORRT);
        assertThatThrownBy(() -> ExecutionProvider.named("gpu"))
                .hasMessage("provider 'gpu' is not known; take cpu, cuda or tensorrt");
    }
}
