package io.frametag.models.pull;

import io.frametag.models.ModelException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Opens files below a base address. Redirects are followed by hand: to the base's own host and to
 * those that were named, never from https to http. Used from one thread.
 */
final class WebFiles {

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSED_ON = Set.of(200, 206, 401, 403, 404, 416);
    private static final Set<Integer> BUSY = Set.of(408, 425, 429);

    private final URI base;
    private final List<String> redirectHosts;
    private final Patience patience;
    private final HttpClient client;

    /**
     * What a server answered.
     *
     * @param publishedSha256 the file's hash as the base's own host gives it before it redirects
     */
    record Answer(HttpResponse<PieceByPiece> response, Optional<String> publishedSha256)
            implements AutoCloseable {

        int status() {
            return response.statusCode();
        }

        PieceByPiece body() {
            return response.body();
        }

        @Override
        public void close() {
            body().close();
        }
    }

    WebFiles(URI base, List<String> redirectHosts, Patience patience) {
        this.base = base;
        this.redirectHosts = redirectHosts;
        this.patience = patience;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(patience.connect())
                        .proxy(ProxySelector.getDefault())
                        .build();
    }

    /**
     * Asks for a file from that byte on. The answer's status is 200, 206, 401, 403, 404 or 416.
     *
     * @throws TransferException if it may go better the next time
     * @throws ModelException if it won't
     */
    Answer open(URI address, long from)
            throws ModelException, TransferException, InterruptedException {
        URI target = address;
        Optional<String> sha256 = Optional.empty();
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<PieceByPiece> response = send(target, from);
            if (target.getAuthority().equals(base.getAuthority())) {
                sha256 = publishedSha256(response).isPresent() ? publishedSha256(response) : sha256;
            }
            if (!REDIRECTS.contains(response.statusCode())) {
                return checked(address, new Answer(response, sha256));
            }
            response.body().close();
            target = redirect(target, response);
        }
        throw new ModelException(
                address + " redirects more than " + MAX_REDIRECTS + " times; check --base-url");
    }

    private HttpResponse<PieceByPiece> send(URI target, long from)
            throws TransferException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target)
                        .timeout(patience.answer())
                        .header("User-Agent", "frametag");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        try {
            return client.send(request.build(), info -> new PieceByPiece());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new TransferException(
                    "no answer from " + target.getAuthority() + ": " + reason, e);
        }
    }

    private static Answer checked(URI address, Answer answer)
            throws ModelException, TransferException {
        int status = answer.status();
        if (PASSED_ON.contains(status)) {
            return answer;
        }
        answer.close();
        if (status >= 500 || BUSY.contains(status)) {
            throw new TransferException("the server is busy or broken (HTTP " + status + ")");
        }
        throw new ModelException(
                address + " can't be read (HTTP " + status + "); check the name and --base-url");
    }

    /** The hub names the hash of large files in a header. */
    private static Optional<String> publishedSha256(HttpResponse<PieceByPiece> response) {
        return response.headers()
                .firstValue("X-Linked-Etag")
                .map(tag -> tag.replace("\"", "").toLowerCase(Locale.ROOT))
                .filter(tag -> tag.matches("[0-9a-f]{64}"));
    }

    private URI redirect(URI from, HttpResponse<PieceByPiece> response) throws ModelException {
        String location = response.headers().firstValue("Location").orElse("");
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new ModelException(from + " redirects to no address; check --base-url", e);
        }
        boolean safe = List.of("https", base.getScheme()).contains(target.getScheme());
        if (target.getHost() == null || !safe || !isAllowed(target)) {
            throw new ModelException(
                    // Not the whole address: that of a storage may hold a signature.
                    "%s redirects to another host (%s://%s), which is refused; give --redirect-host"
                                    .formatted(
                                            from,
                                            target.getScheme(),
                                            Objects.requireNonNullElse(target.getAuthority(), ""))
                            + " if you trust it");
        }
        return target;
    }

    private boolean isAllowed(URI target) {
        String host = target.getHost().toLowerCase(Locale.ROOT);
        boolean listed =
                redirectHosts.stream()
                        .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                        .anyMatch(
                                allowed ->
                                        allowed.startsWith("*.")
                                                ? host.endsWith(allowed.substring(1))
                                                : allowed.equals(host)
                                                        || allowed.equals(target.getAuthority()));
        return listed || target.getAuthority().equals(base.getAuthority());
    }
}
