package io.frametag.models.pull;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch, from where.
 *
 * @param model which
 * @param base address that the repository lies below, {@code http} or {@code https}
 * @param redirectHosts hosts beside the base's own that it may redirect to; {@code *.domain} for
 *     all below a domain
 * @param sha256 the checkpoint's hash, where the user knows it; null to ask the server for it
 * @param downloads folder for the files, which an interrupted download is kept in
 */
public record PullRequest(
        PublishedModel model,
        URI base,
        List<String> redirectHosts,
        @Nullable String sha256,
        Path downloads) {

    public PullRequest {
        redirectHosts = List.copyOf(redirectHosts);
        boolean web = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
        if (!web
                || base.getHost() == null
                || base.getQuery() != null
                || base.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "base address (" + base + ") must be https://HOST/PATH or http://HOST/PATH");
        }
        sha256 = sha256 == null ? null : sha256.toLowerCase(Locale.ROOT);
        if (sha256 != null && !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits");
        }
    }
}
