package io.frametag.models.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.models.ModelException;
import io.frametag.models.importer.ModelImporter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ModelPullTest {

    private static final String FOLDER = "/timm/MobileCLIP2-S0-OpenCLIP/resolve/main/";
    private static final String WEIGHTS = FOLDER + "open_clip_model.safetensors";
    private static final String TOKENIZER = FOLDER + "tokenizer.json";

    @TempDir Path downloads;

    private final List<Integer> pauses = new ArrayList<>();
    private final List<Double> fractions = new ArrayList<>();
    private final byte[] content = new byte[200_000];
    private String sha256 = "";
    private TestingHub hub;

    @BeforeEach
    void serve() throws Exception {
        new Random(7).nextBytes(content);
        sha256 = sha256(content);
        hub = new TestingHub();
        hub.put(WEIGHTS, content);
        hub.put(WEIGHTS + ".sha256", sha256 + "  open_clip_model.safetensors\n");
        hub.put(TOKENIZER, "{}");
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private Patience patience(Duration wait) {
        return new Patience(wait, wait, wait, 3, pauses::add);
    }

    private PulledFiles pull(@Nullable String hash, String... redirectHosts) throws Exception {
        return pull(hash, Duration.ofSeconds(20), redirectHosts);
    }

    private PulledFiles pull(@Nullable String hash, Duration wait, String... redirectHosts)
            throws Exception {
        PublishedModel model = PublishedModel.named("MobileCLIP2-S0");
        PullRequest request =
                new PullRequest(model, hub.base(), List.of(redirectHosts), hash, downloads);
        return ModelPull.pull(
                request,
                patience(wait),
                (part, fraction) -> {
                    if (part.endsWith("safetensors")) {
                        fractions.add(fraction);
                    }
                });
    }

    private void refused(@Nullable String hash, String... parts) {
        assertThatThrownBy(() -> pull(hash))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
        assertThat(downloads.resolve("open_clip_model.safetensors")).doesNotExist();
    }

    private Path part() {
        return downloads.resolve("open_clip_model.safetensors.part");
    }

    @Test
    void bothFilesComeWithProgress() throws Exception {
        PulledFiles files = pull(null);
        assertThat(files.weights()).hasBinaryContent(content);
        assertThat(files.tokenizer()).hasContent("{}");
        assertThat(fractions).isSorted().first().isEqualTo(0.0);
        assertThat(fractions).last().isEqualTo(1.0);
        assertThat(downloads).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aConnectionThatBreaksOffGoesOnFromThere() throws Exception {
        hub.fault(WEIGHTS, TestingHub.breakAfter(70_000), TestingHub.breakAfter(30_000));
        assertThat(pull(null).weights()).hasBinaryContent(content);
        List<String> requests = hub.requests(WEIGHTS);
        assertThat(requests).hasSize(3).first().isEqualTo(WEIGHTS);
        assertThat(requests.subList(1, 3)).allMatch(request -> request.contains(" bytes="));
        assertThat(pauses).containsExactly(1, 1);
    }

    @Test
    void theNextRunGoesOnToo() throws Exception {
        Files.write(part(), Arrays.copyOf(content, 150_000));
        assertThat(pull(null).weights()).hasBinaryContent(content);
        assertThat(hub.requests(WEIGHTS)).containsExactly(WEIGHTS + " bytes=150000-");
    }

    @Test
    void whatWasWholeIsNotSentAgain() throws Exception {
        pull(null);
        pull(null);
        pull(sha256);
        assertThat(hub.requests(WEIGHTS)).hasSize(1);
        hub.header(WEIGHTS, "X-Linked-Etag", '"' + sha256 + '"');
        hub.fault(WEIGHTS + ".sha256", TestingHub.status(404));
        assertThat(pull(null).weights()).hasBinaryContent(content);
        assertThat(hub.requests(WEIGHTS)).last().isEqualTo(WEIGHTS + " bytes=200000-");
    }

    @Test
    void aServerWithoutRangesSendsAllAgain() throws Exception {
        hub.withoutRanges();
        Files.write(part(), new byte[150_000]);
        assertThat(pull(null).weights()).hasBinaryContent(content);
    }

    @Test
    void aFileThatChangedBetweenTwoRunsIsFetchedAnew() throws Exception {
        Files.write(part(), new byte[150_000]);
        assertThat(pull(null).weights()).hasBinaryContent(content);
        assertThat(hub.requests(WEIGHTS)).containsExactly(WEIGHTS + " bytes=150000-", WEIGHTS);
        Files.write(part(), new byte[250_000]);
        Files.delete(downloads.resolve("open_clip_model.safetensors"));
        assertThat(pull(null).weights()).hasBinaryContent(content);
    }

    @Test
    void oneFlippedByteIsRefusedAndNothingIsKept() throws Exception {
        byte[] damaged = content.clone();
        damaged[123_456] ^= 1;
        hub.put(WEIGHTS, damaged);
        refused(null, "came damaged", "expected " + sha256, "found " + sha256(damaged));
        assertThat(Files.size(part())).isZero();
        assertThat(hub.requests(WEIGHTS)).hasSize(1);
    }

    @Test
    void theUsersHashGoesBeforeTheServers() throws Exception {
        refused("0".repeat(64), "came damaged or is another file", "--sha256");
        hub.put(WEIGHTS + ".sha256", "0".repeat(64));
        assertThat(pull(sha256).weights()).hasBinaryContent(content);
    }

    @Test
    void aCheckpointWithoutAHashIsRefusedBeforeItIsSent() {
        hub.fault(WEIGHTS + ".sha256", TestingHub.status(404));
        refused(null, "names no SHA-256", "give --sha256", "open_clip_model.safetensors.sha256");
        assertThat(fractions).isEmpty();
    }

    @Test
    void aHashFileThatHoldsNoneIsNamed() {
        hub.put(WEIGHTS + ".sha256", "<html>hello</html>");
        refused(null, "open_clip_model.safetensors.sha256 holds no SHA-256");
    }

    @Test
    void aMissingFileIsNamedAtOnce() {
        hub.fault(TOKENIZER, TestingHub.status(404));
        refused(null, hub.base() + TOKENIZER + " does not exist (HTTP 404)", "--base-url");
        assertThat(pauses).isEmpty();
        assertThat(hub.requests(WEIGHTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aFileBehindALoginIsNamedAtOnce(int status) {
        hub.fault(WEIGHTS, TestingHub.status(status));
        refused(null, "may not be read (HTTP " + status + ")", "'models import'");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aHashFileThatMayNotBeReadIsNone() throws Exception {
        hub.fault(TOKENIZER + ".sha256", TestingHub.status(403));
        assertThat(pull(null).weights()).hasBinaryContent(content);
    }

    @Test
    void anEarlierFileDoesNotHideAPart() throws Exception {
        pull(null);
        Files.write(part(), Arrays.copyOf(content, 10));
        assertThat(pull(null).weights()).hasBinaryContent(content);
        assertThat(hub.requests(WEIGHTS)).last().isEqualTo(WEIGHTS + " bytes=10-");
    }

    @Test
    void aBusyServerIsAskedAgainButNotForEver() throws Exception {
        hub.fault(WEIGHTS, TestingHub.status(503), TestingHub.status(429));
        assertThat(pull(null).weights()).hasBinaryContent(content);
        assertThat(pauses).containsExactly(1, 2);
        Files.delete(downloads.resolve("open_clip_model.safetensors"));
        IntStream.range(0, 4).forEach(i -> hub.fault(WEIGHTS, TestingHub.status(500)));
        refused(null, "the server is busy or broken (HTTP 500)", "run it again");
        assertThat(pauses).containsExactly(1, 2, 1, 2, 3);
    }

    @Test
    void aStalledServerIsLeftAndAskedAgain() throws Exception {
        hub.fault(WEIGHTS, hub.stallAfter(50_000), hub.silence());
        assertThat(pull(null, Duration.ofMillis(500)).weights()).hasBinaryContent(content);
        assertThat(hub.requests(WEIGHTS))
                .hasSizeGreaterThanOrEqualTo(3)
                .last()
                .asString()
                .contains(" bytes=");
    }

    @Test
    void whatCameBeforeAStallIsKept() throws Exception {
        hub.fault(WEIGHTS, hub.stallAfter(50_000));
        IntStream.range(0, 3).forEach(i -> hub.fault(WEIGHTS, hub.stallAfter(0)));
        assertThatThrownBy(() -> pull(null, Duration.ofMillis(500)))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("nothing came for 0.5 s", "run it again to go on");
        assertThat(Files.size(part())).isEqualTo(50_000);
        assertThat(pull(null).weights()).hasBinaryContent(content);
    }

    @Test
    void aSlowServerIsWaitedFor() throws Exception {
        byte[] few = Arrays.copyOf(content, 300);
        hub.put(WEIGHTS, few);
        hub.fault(WEIGHTS, TestingHub.trickle());
        assertThat(pull(sha256(few)).weights()).hasBinaryContent(few);
        assertThat(fractions).isSorted().last().isEqualTo(1.0);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aDeadServerIsNamed() {
        hub.close();
        refused(null, "no answer from localhost", "check --base-url and the connection");
    }

    @Test
    void redirectsStayOnTheHost() throws Exception {
        hub.put("/elsewhere", content);
        hub.fault(WEIGHTS, TestingHub.redirect("/elsewhere"));
        assertThat(pull(null).weights()).hasBinaryContent(content);
    }

    @Test
    void redirectsToAnotherHostAreRefusedUnlessNamed() throws Exception {
        try (TestingHub storage = new TestingHub()) {
            storage.put("/blob", content);
            String blob = storage.base() + "/blob";
            hub.header(WEIGHTS, "X-Linked-Etag", '"' + sha256 + '"');
            hub.fault(WEIGHTS, TestingHub.redirect(blob));
            refused(sha256, "redirects to another host (" + storage.base(), "--redirect-host");
            assertThat(storage.requests()).isEmpty();
            hub.fault(WEIGHTS + ".sha256", TestingHub.status(404));
            hub.fault(WEIGHTS, TestingHub.redirect(blob));
            String host = storage.base().getAuthority();
            assertThat(pull(null, host).weights()).hasBinaryContent(content);
        }
    }

    /** The storage is not the one to say what the file must be. */
    @Test
    void theHashOfAnotherHostDoesNotCount() throws Exception {
        try (TestingHub storage = new TestingHub()) {
            storage.put("/blob", content);
            storage.header("/blob", "X-Linked-Etag", sha256);
            hub.fault(WEIGHTS + ".sha256", TestingHub.status(404));
            hub.fault(WEIGHTS, TestingHub.redirect(storage.base() + "/blob"));
            assertThatThrownBy(() -> pull(null, storage.base().getAuthority()))
                    .hasMessageContaining("names no SHA-256");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "http://evil.hf.co.example/x", "ftp://x/y"})
    void redirectsToOtherPlacesAreRefused(String location) {
        hub.fault(WEIGHTS, TestingHub.redirect(location));
        assertThatThrownBy(() -> pull(sha256, "*.hf.co"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("another host");
    }

    @Test
    void redirectsEnd() {
        IntStream.range(0, 6).forEach(i -> hub.fault(WEIGHTS, TestingHub.redirect(WEIGHTS)));
        refused(sha256, "redirects more than 5 times");
    }

    @Test
    void twoPullsDoNotWriteOneFile() throws Exception {
        try (FileChannel other =
                FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
            refused(null, "is being written by another pull");
        }
    }

    @Test
    void aTokenizerWithoutAHashIsNeverPutTogether() throws Exception {
        Files.writeString(downloads.resolve("tokenizer.json.part"), "[");
        hub.put(TOKENIZER, "{\"a\": 1}");
        hub.fault(TOKENIZER, TestingHub.breakAfter(3));
        assertThat(pull(null).tokenizer()).hasContent("{\"a\": 1}");
        assertThat(hub.requests(TOKENIZER)).containsExactly(TOKENIZER, TOKENIZER);
    }

    @Test
    void aTokenizerIsCheckedWhereThereIsAHash() {
        hub.put(TOKENIZER + ".sha256", "0".repeat(64));
        refused(null, TOKENIZER + " came damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///x", "https:///x", "models", "https://a/b?c", "http://u:p@a"})
    void baseAddressesAreChecked(String base) throws Exception {
        PublishedModel model = PublishedModel.named("MobileCLIP2-S0");
        assertThatThrownBy(
                        () -> new PullRequest(model, URI.create(base), List.of(), null, downloads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be https://HOST/PATH");
    }

    @Test
    void unknownModelsAreAnsweredWithTheKnown() {
        assertThatThrownBy(() -> PublishedModel.named("MobileCLIP2-S9"))
                .hasMessageContainingAll("'MobileCLIP2-S9'", "MobileCLIP2-S4", "'models import'");
    }

    @Test
    void thePublishedCanBeImported() {
        assertThat(ModelImporter.architectures()).containsAll(PublishedModel.names());
    }
}
