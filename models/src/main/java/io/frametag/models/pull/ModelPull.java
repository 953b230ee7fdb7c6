package io.frametag.models.pull;

import io.frametag.models.ModelException;
import io.frametag.models.importer.ImportProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a published model's checkpoint and tokenizer. Every wait is bounded; what breaks off goes
 * on from there, in the same run and in the next.
 *
 * <p>A checkpoint is only accepted with its SHA-256, which is, first come first served: the one
 * that the user gives; the one in {@code NAME.sha256} beside the file; the one that the hub names
 * as it redirects to its storage. The hub names none for small files, so that a tokenizer is
 * checked where there is a hash and else by being read.
 */
public final class ModelPull {

    private static final long MAX_WEIGHTS_BYTES = 16L << 30;
    private static final long MAX_TOKENIZER_BYTES = 64L << 20;
    private static final int MAX_HASH_FILE_BYTES = 4096;
    private static final Pattern SHA256 = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private final PullRequest request;
    private final Patience patience;
    private final ImportProgress progress;
    private final WebFiles web;

    private ModelPull(PullRequest request, Patience patience, ImportProgress progress) {
        this.request = request;
        this.patience = patience;
        this.progress = progress;
        this.web = new WebFiles(request.base(), request.redirectHosts(), patience);
    }

    /**
     * Fetches both files, on the calling thread. Files of an earlier pull that are still right are
     * not sent again.
     *
     * @throws ModelException if a file is not there, comes damaged, comes from a host that is not
     *     allowed, or does not come in time; what did come is kept for the next run
     */
    public static PulledFiles pull(PullRequest request, ImportProgress progress)
            throws ModelException {
        return pull(request, Patience.defaults(), progress);
    }

    static PulledFiles pull(PullRequest request, Patience patience, ImportProgress progress)
            throws ModelException {
        try {
            Files.createDirectories(request.downloads());
            return new ModelPull(request, patience, progress).run();
        } catch (IOException e) {
            throw new ModelException(
                    "%s can't be written: %s; give another folder with --downloads"
                            .formatted(request.downloads(), e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("the pull was interrupted; run it again to go on", e);
        }
    }

    private PulledFiles run() throws ModelException, IOException, InterruptedException {
        // The small file first: a name or an address that is wrong is found at once.
        Path tokenizer = fetch(PublishedModel.TOKENIZER, null, false, MAX_TOKENIZER_BYTES);
        Path weights = fetch(PublishedModel.WEIGHTS, request.sha256(), true, MAX_WEIGHTS_BYTES);
        return new PulledFiles(weights, tokenizer);
    }

    private Path fetch(String file, @Nullable String given, boolean needsHash, long maxBytes)
            throws ModelException, IOException, InterruptedException {
        URI address = request.model().address(request.base(), file);
        Path target = request.downloads().resolve(file);
        String known = given != null ? given : hashBeside(address);
        new FileDownload(web, patience, progress, address, target, maxBytes)
                .fetch(known, needsHash);
        return target;
    }

    /** The hash in the small file that may lie beside a file, as {@code sha256sum} writes it. */
    private @Nullable String hashBeside(URI address) throws ModelException, InterruptedException {
        URI beside = URI.create(address + ".sha256");
        for (int retry = 1; ; retry++) {
            try {
                return readHash(beside);
            } catch (TransferException e) {
                if (retry > patience.retries()) {
                    throw new ModelException(
                            "%s can't be fetched: %s; check --base-url and the connection"
                                    .formatted(beside, e.getMessage()),
                            e);
                }
                progress.report("trying again: " + e.getMessage(), 0);
                patience.pause().before(retry);
            }
        }
    }

    private @Nullable String readHash(URI beside)
            throws ModelException, TransferException, InterruptedException {
        try (WebFiles.Answer answer = web.open(beside, 0)) {
            if (answer.status() != 200) {
                // Some stores answer 403 for what is not there.
                return null;
            }
            StringBuilder text = new StringBuilder();
            List<ByteBuffer> piece = answer.body().next(patience.stall());
            while (piece != null && text.length() <= MAX_HASH_FILE_BYTES) {
                piece.forEach(bytes -> text.append(StandardCharsets.ISO_8859_1.decode(bytes)));
                piece = answer.body().next(patience.stall());
            }
            Matcher hash = SHA256.matcher(text.toString().toLowerCase(Locale.ROOT));
            if (text.length() > MAX_HASH_FILE_BYTES || !hash.find()) {
                throw new ModelException(
                        beside + " holds no SHA-256; correct it, or give --sha256");
            }
            return hash.group();
        }
    }
}
