package io.frametag.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.frametag.models.ModelStore;
import io.frametag.models.importer.ModelImporter;
import io.frametag.models.pull.PublishedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandsTest {

    @TempDir private static Path shared;
    @TempDir private Path work;

    private static Path nano;

    @BeforeAll
    static void importNano() throws Exception {
        nano = ModelStore.at(shared).open(ModelStore.NANO).path();
    }

    private Path copyOfNano() throws IOException {
        Path copy = Files.createDirectory(work.resolve("model"));
        try (Stream<Path> files = Files.list(nano)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private Run pull(String name, String... more) {
        String[] args =
                Stream.concat(
                                Stream.of(
                                        "models",
                                        "pull",
                                        name,
                                        "--output",
                                        work.resolve("pulled").toString()),
                                Stream.of(more))
                        .toArray(String[]::new);
        return Run.frametag(args);
    }

    @Test
    void verifyChecksFilesAndEncoders() {
        Run run = Run.frametag("models", "verify", nano.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("complete and unaltered", "self-test passed")
                .hasLineCount(2);
    }

    @Test
    void verifyFindsOneFlippedByte() throws Exception {
        Path weights = copyOfNano().resolve("image.onnx.data");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 0x40;
        Files.write(weights, bytes);

        Run run = Run.frametag("models", "verify", weights.getParent().toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("frametag: ")
                .contains("image.onnx.data is not the file that was imported")
                .hasLineCount(1);
    }

    @Test
    void benchPrintsARowPerBatchSizeAndContender() {
        Run run =
                Run.frametag(
                        "models",
                        "bench",
                        nano.toString(),
                        "--batch",
                        "1,2",
                        "--rounds",
                        "2",
                        "--time",
                        "1ms",
                        "--lanes",
                        "2",
                        "--threads",
                        "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().toList())
                .hasSize(8)
                .satisfies(lines -> assertThat(lines.get(0)).contains("2 rounds"))
                .satisfies(lines -> assertThat(lines.get(2)).contains("1  nano", "bare session"))
                .satisfies(lines -> assertThat(lines.get(3)).contains("1  nano", "1 lane "))
                .satisfies(lines -> assertThat(lines.get(4)).contains("1  nano", "2 lanes"))
                .satisfies(lines -> assertThat(lines.get(7)).contains("2  nano", "2 lanes"));
    }

    @Test
    void benchNamesOptionsThatCannotBe() {
        String folder = nano.toString();
        assertThat(Run.frametag("models", "bench", folder, "--batch", "0").err())
                .contains("batch sizes [0] must be from 1 to 256");
        assertThat(Run.frametag("models", "bench", folder, "--rounds", "0").err())
                .contains("--rounds (0) must be >= 1");
        assertThat(Run.frametag("models", "bench", folder, "--lanes", "65").err())
                .contains("--lanes (65) must be from 1 to 64");
        assertThat(Run.frametag("models", "bench", folder, "--threads", "0").exitCode())
                .isEqualTo(2);
    }

    @Test
    void pullNeedsTheLicenceAccepted() {
        Run run = pull("MobileCLIP2-S0", "--base-url", "http://localhost:1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("apple-amlr", "no commercial use", "LICENSE", "--accept-licence")
                .hasLineCount(1);
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void pullNamesTheModelsThatItKnows() {
        Run run = pull("MobileCLIP2-S9", "--accept-licence");
        Run help = Run.frametag("models", "pull", "--help");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("MobileCLIP2-L-14").hasLineCount(1);
        assertThat(help.out().replaceAll("\\s+", " "))
                .contains(String.join(", ", PublishedModel.names()))
                .contains("Default: " + PublishedModel.HUB);
    }

    @Test
    void theDocumentationNamesEveryModel() throws IOException {
        assertThat(Path.of("../docs/models.md"))
                .content()
                .contains(ModelImporter.architectures())
                .contains(
                        "--base-url", "--redirect-host", "--sha256", "--downloads", "--precision");
    }

    @Test
    void pullNamesOptionsThatCannotBe() {
        assertThat(pull("MobileCLIP2-S0", "--base-url", "ftp://x").err())
                .contains("must be https://HOST/PATH");
        assertThat(pull("MobileCLIP2-S0", "--sha256", "abc").err())
                .contains("sha256 must be 64 hexadecimal digits");
        assertThat(pull("MobileCLIP2-S0", "--image-size", "x").exitCode()).isEqualTo(2);
        assertThat(pull("MobileCLIP2-S0", "--precision", "int4").err())
                .contains("precision 'int4' is not known; take fp32, fp16 for a GPU, or int8");
        assertThat(pull("MobileCLIP2-B", "--precision", "INT8", "--accept-licence").err())
                .contains("int8 is for models of the S series; import MobileCLIP2-B in fp32");
    }

    @Test
    void pullTellsWhatIsNotThere() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        try {
            String base = "http://localhost:" + server.getAddress().getPort() + "/mirror/";
            Run run = pull("MobileCLIP2-S0", "--accept-licence", "--base-url", base);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().lines().toList())
                    .hasSize(2)
                    .satisfies(lines -> assertThat(lines.get(0)).contains("apple-amlr"))
                    .last()
                    .asString()
                    .contains("/mirror/timm/MobileCLIP2-S0-OpenCLIP/resolve/main/tokenizer.json")
                    .contains("does not exist (HTTP 404)");
            assertThat(work.resolve("pulled")).doesNotExist();
        } finally {
            server.stop(0);
        }
    }
}
