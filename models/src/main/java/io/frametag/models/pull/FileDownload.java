package io.frametag.models.pull;

import io.frametag.models.FileHashes;
import io.frametag.models.ModelException;
import io.frametag.models.importer.ImportProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way: it grows as {@code NAME.part}, from where the last try ended, and takes its
 * name once its SHA-256 is right. A hash that is wrong for a file of several tries gets one more,
 * from the start, since the file may have changed between them. Used once, from one thread.
 */
final class FileDownload {

    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

    private final WebFiles web;
    private final Patience patience;
    private final ImportProgress progress;
    private final URI address;
    private final Path target;
    private final long maxBytes;

    private @Nullable String sha256;
    private boolean pieced;
    private double fraction;

    FileDownload(
            WebFiles web,
            Patience patience,
            ImportProgress progress,
            URI address,
            Path target,
            long maxBytes) {
        this.web = web;
        this.patience = patience;
        this.progress = progress;
        this.address = address;
        this.target = target;
        this.maxBytes = maxBytes;
    }

    /**
     * Fetches the file, unless an earlier pull did.
     *
     * @param known its SHA-256; null to take the one that the server names
     * @param needsHash whether a file whose SHA-256 nobody names is refused
     */
    void fetch(@Nullable String known, boolean needsHash)
            throws ModelException, IOException, InterruptedException {
        sha256 = known;
        Path part = target.resolveSibling(target.getFileName() + ".part");
        if (Files.exists(target) && !Files.exists(part)) {
            // From an earlier pull: the server says that nothing is missing, or sends it again.
            Files.move(target, part);
        }
        // Closing the channel gives the lock back.
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(channel, part);
            complete(channel, part, needsHash);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void complete(FileChannel channel, Path part, boolean needsHash)
            throws ModelException, IOException, InterruptedException {
        if (sha256 != null && channel.size() > 0 && isRight(part)) {
            return;
        }
        transfer(channel, needsHash);
        if (pieced && !isRight(part)) {
            pieced = false;
            channel.truncate(0);
            transfer(channel, needsHash);
        }
        checkHash(channel, part);
    }

    private static void lock(FileChannel channel, Path part) throws ModelException, IOException {
        String taken = part + " is being written by another pull; wait for it to end";
        try {
            if (channel.tryLock() == null) {
                throw new ModelException(taken);
            }
        } catch (OverlappingFileLockException e) {
            throw new ModelException(taken, e);
        }
    }

    private boolean isRight(Path part) throws IOException {
        return sha256 == null || FileHashes.sha256(part).equals(sha256);
    }

    private void checkHash(FileChannel channel, Path part) throws ModelException, IOException {
        if (sha256 == null) {
            return;
        }
        String found = FileHashes.sha256(part);
        if (!found.equals(sha256)) {
            channel.truncate(0);
            throw new ModelException(
                    "%s came damaged or is another file: SHA-256 expected %s, found %s; run it"
                                    .formatted(address, sha256, found)
                            + " again, or check --base-url and --sha256");
        }
    }

    private void transfer(FileChannel part, boolean needsHash)
            throws ModelException, IOException, InterruptedException {
        int inVain = 0;
        for (int tries = 1; ; tries++) {
            long before = part.size();
            try {
                attempt(part, needsHash);
                return;
            } catch (TransferException e) {
                inVain = part.size() > before ? 1 : inVain + 1;
                if (inVain > patience.retries() || tries >= Patience.MAX_TRIES) {
                    throw givenUp(part.size(), e);
                }
                progress.report("trying again: " + e.getMessage(), fraction);
                patience.pause().before(inVain);
            }
        }
    }

    private ModelException givenUp(long bytes, TransferException e) {
        String kept = bytes == 0 ? "" : " (" + megabytes(bytes) + " MB are kept)";
        return new ModelException(
                "%s can't be fetched: %s%s; run it again to go on, or check --base-url and the"
                                .formatted(address, e.getMessage(), kept)
                        + " connection",
                e);
    }

    private void attempt(FileChannel part, boolean needsHash)
            throws ModelException, TransferException, IOException, InterruptedException {
        if (sha256 == null && !needsHash) {
            // Nothing would show that two halves are of two files.
            part.truncate(0);
        }
        long from = part.size();
        try (WebFiles.Answer answer = web.open(address, from)) {
            checkReadable(answer.status());
            learnHash(answer, needsHash);
            if (answer.status() == 416 && from > 0) {
                // Nothing comes after what is there: it is the whole file, or the hash tells.
                pieced = true;
                return;
            }
            long total = begin(part, from, answer);
            receive(part, answer.body(), total);
        }
    }

    private void checkReadable(int status) throws ModelException {
        if (status == 404) {
            throw new ModelException(
                    address + " does not exist (HTTP 404); check the name and --base-url");
        }
        if (status == 401 || status == 403) {
            throw new ModelException(
                    "%s may not be read (HTTP %d); fetch it in a browser and use 'models import', or"
                                    .formatted(address, status)
                            + " give another --base-url");
        }
    }

    private void learnHash(WebFiles.Answer answer, boolean needsHash) throws ModelException {
        if (sha256 == null) {
            sha256 = answer.publishedSha256().orElse(null);
        }
        if (sha256 == null && needsHash) {
            throw new ModelException(
                    "the server names no SHA-256 of %s, so that damage would go unseen; give"
                                    .formatted(address)
                            + " --sha256, or put one beside it as "
                            + target.getFileName()
                            + ".sha256");
        }
    }

    /** Makes the part as long as what the answer goes on from; gives the length of the whole. */
    private long begin(FileChannel part, long from, WebFiles.Answer answer)
            throws ModelException, TransferException, IOException {
        if (answer.status() == 416) {
            throw new ModelException(address + " is refused (HTTP 416); check --base-url");
        }
        long start = 0;
        if (answer.status() == 206) {
            String range = answer.response().headers().firstValue("Content-Range").orElse("");
            Matcher matcher = RANGE.matcher(range);
            if (!matcher.matches() || Long.parseLong(matcher.group(1)) != from) {
                part.truncate(0);
                throw new TransferException("the server sent another part (" + range + ")");
            }
            start = from;
            pieced = true;
        }
        part.truncate(start);
        part.position(start);
        long rest = answer.response().headers().firstValueAsLong("Content-Length").orElse(-1);
        if (rest < 0) {
            return -1;
        }
        checkRoom(start + rest, rest);
        return start + rest;
    }

    private void checkRoom(long total, long rest) throws ModelException, IOException {
        checkSize(total);
        long free = Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace();
        if (rest > free) {
            throw new ModelException(
                    "%s needs %d MB more, %s has %d MB left; make room or give --downloads"
                            .formatted(
                                    target.getFileName(),
                                    megabytes(rest),
                                    target.getParent(),
                                    megabytes(free)));
        }
    }

    private void checkSize(long bytes) throws ModelException {
        if (bytes > maxBytes) {
            throw new ModelException(
                    "%s is larger than %d MB, too large for what it should be; check --base-url"
                            .formatted(address, megabytes(maxBytes)));
        }
    }

    private void receive(FileChannel part, PieceByPiece body, long total)
            throws ModelException, TransferException, IOException, InterruptedException {
        report(part.position(), total);
        List<ByteBuffer> piece = body.next(patience.stall());
        while (piece != null) {
            for (ByteBuffer bytes : piece) {
                while (bytes.hasRemaining()) {
                    part.write(bytes);
                }
            }
            checkSize(part.position());
            report(part.position(), total);
            piece = body.next(patience.stall());
        }
        if (part.position() < total) {
            throw new TransferException("the connection ended early");
        }
    }

    private void report(long bytes, long total) {
        fraction = total > 0 ? (double) bytes / total : 0;
        progress.report(target.getFileName().toString(), fraction);
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
