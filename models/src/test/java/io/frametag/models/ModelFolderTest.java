package io.frametag.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelFolderTest {

    private static Path whole;

    @TempDir Path work;
    private Path folder;

    @BeforeAll
    static void importModel(@TempDir Path parent) throws Exception {
        whole = TestingModels.create(parent).path();
    }

    @BeforeEach
    void copy() throws IOException {
        folder = Files.createDirectory(work.resolve("copy"));
        try (Stream<Path> files = Files.list(whole)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    private void refused(String... parts) {
        refused(() -> ModelFolder.open(folder), parts);
    }

    private static void refused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    private void editManifest(String from, String to) throws IOException {
        Path file = folder.resolve("model.json");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void addHash(String name) throws IOException {
        String entry = "\"" + name + "\" : \"" + "0".repeat(64) + "\", ";
        editManifest("\"tokenizer.json\"", entry + "\"tokenizer.json\"");
    }

    @Test
    void aWholeFolderOpens() throws Exception {
        ModelFolder model = ModelFolder.open(folder);
        assertThat(model.manifest().name()).isEqualTo("tiny");
        assertThat(model.manifest().architecture()).isEqualTo("nano");
        assertThat(model.manifest().imageSize()).isEqualTo(new ImageSize(64, 32));
        assertThat(model.manifest().temperature()).isEqualTo(100f, within(0.01f));
        assertThat(model.manifest().sha256())
                .containsOnlyKeys(
                        "image.onnx",
                        "image.onnx.data",
                        "text.onnx",
                        "text.onnx.data",
                        "tokenizer.json");
        assertThat(model.id().contentHash()).matches("[0-9a-f]{12}");
        assertThat(model.id()).isEqualTo(ModelFolder.open(whole).id());
    }

    @Test
    void anotherNormalisationIsAnotherModel() throws Exception {
        ModelId before = ModelFolder.open(folder).id();
        editManifest("\"mean\" : [ 0.0,", "\"mean\" : [ 0.5,");
        assertThat(ModelFolder.open(folder).id()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.onnx",
                "image.onnx.data",
                "text.onnx",
                "text.onnx.data",
                "tokenizer.json"
            })
    void missingFilesAreNamed(String file) throws IOException {
        Files.delete(folder.resolve(file));
        refused("has no " + file, "import the model again");
    }

    @Test
    void whatIsNoModelFolderIsToldApart() throws IOException {
        Path empty = Files.createDirectory(work.resolve("empty"));
        refused(() -> ModelFolder.open(empty), "is not a model folder: it has no model.json");
        refused(() -> ModelFolder.open(work.resolve("none")), "does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image.onnx", "text.onnx.data", "tokenizer.json"})
    void oneFlippedBitIsFound(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(file));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve(file), bytes);
        refused(file, "SHA-256 expected", "found", "import the model again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "sub/../../secret", "."})
    void namesThatLeaveTheFolderAreRefused(String name) throws IOException {
        Files.writeString(work.resolve("secret"), "secret");
        addHash(name);
        refused("names a file outside the folder (" + name + ")");
    }

    @Test
    void absoluteNamesAreRefused() throws IOException {
        Path inside = folder.resolve("tokenizer.json").toAbsolutePath();
        addHash(inside.toString());
        refused("names a file outside the folder (" + inside + ")");
    }

    @Test
    void linksOutOfTheFolderAreRefused() throws IOException {
        Path outside = work.resolve("tokenizer.json");
        Files.move(folder.resolve("tokenizer.json"), outside);
        Files.createSymbolicLink(folder.resolve("tokenizer.json"), outside);
        refused("names a file outside the folder (tokenizer.json)");
    }

    @Test
    void linksInsideTheFolderWork() throws Exception {
        Files.move(folder.resolve("tokenizer.json"), folder.resolve("other.json"));
        Files.createSymbolicLink(folder.resolve("tokenizer.json"), Path.of("other.json"));
        assertThat(ModelFolder.open(folder).tokenizer()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../image.onnx.data", "/etc/passwd"})
    void graphsMayNotKeepWeightsOutside(String location) throws IOException {
        Files.copy(folder.resolve("image.onnx.data"), work.resolve("image.onnx.data"));
        writeGraph(GraphProto.newBuilder().addInitializer(external(location)).build());
        refused("image.onnx", "names a file outside the folder (" + location + ")");
    }

    @Test
    void weightsOutsideAreFoundInSubgraphsToo() throws IOException {
        GraphProto inner = GraphProto.newBuilder().addInitializer(external("../x")).build();
        AttributeProto branch = AttributeProto.newBuilder().setName("body").setG(inner).build();
        NodeProto node = NodeProto.newBuilder().setOpType("Loop").addAttribute(branch).build();
        writeGraph(GraphProto.newBuilder().addNode(node).build());
        refused("names a file outside the folder (../x)");
    }

    @Test
    void weightsThatTheManifestDoesNotCoverAreRefused() throws IOException {
        Files.writeString(folder.resolve("extra.data"), "weights");
        writeGraph(GraphProto.newBuilder().addInitializer(external("extra.data")).build());
        refused("has no sha256 of extra.data");
    }

    @Test
    void aGraphThatIsNoGraphIsRefused() throws IOException {
        Files.writeString(folder.resolve("image.onnx"), "not a graph at all");
        refused("image.onnx is not an ONNX file");
    }

    private void writeGraph(GraphProto graph) throws IOException {
        ModelProto model = ModelProto.newBuilder().setGraph(graph).build();
        Files.copy(
                new ByteArrayInputStream(model.toByteArray()),
                folder.resolve("image.onnx"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static TensorProto external(String location) {
        return TensorProto.newBuilder()
                .setName("w")
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"name\" : \"tiny\",`|``|field name is missing",
                "`\"embeddingSize\" : 16`|`\"embeddingSize\" : \"x\"`|embeddingSize (\"x\") must be a number",
                "`\"embeddingSize\" : 16`|`\"embeddingSize\" : 0`|embeddingSize (0) must be > 0",
                "`\"width\" : 64`|`\"width\" : 0`|image size (0x32) must be at least 1x1",
                "`\"std\" : [ 1.0,`|`\"std\" : [ 0,`|std > 0",
                "`\"mean\" : [ 0.0,`|`\"mean\" : [`|must be three numbers",
                "`bilinear`|`nearest`|resize (nearest) must be bilinear or bicubic",
                "`\"formatVersion\" : 1`|`\"formatVersion\" : 9`|formatVersion (9) must be 1",
                "`\"temperature\" : `|`\"temperature\" : -`|must be > 0",
                "`{`|`[{`|is not JSON",
            })
    void manifestErrorsNameTheField(String from, String to, String message) throws IOException {
        editManifest(from, to == null ? "" : to);
        refused("model.json", message);
    }

    @Test
    void aMalformedHashIsNamed() throws IOException {
        Path file = folder.resolve("model.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(
                                "\"image.onnx\" : \"[0-9a-f]+\"", "\"image.onnx\" : \"abc\""));
        refused("sha256.image.onnx must be 64 hexadecimal digits");
    }

    @Test
    void whatOthersWriteIsEnough() throws Exception {
        editManifest("\"formatVersion\" : 1,", "\"madeBy\": {\"tool\": \"x\"},");
        editManifest("\"architecture\" : \"nano\",", "");
        editManifest("\"precision\" : \"fp32\",", "");
        ModelManifest manifest = ModelFolder.open(folder).manifest();
        assertThat(manifest.architecture()).isEqualTo("tiny");
        assertThat(manifest.precision()).isEqualTo("fp32");
    }
}
