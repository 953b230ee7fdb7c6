package io.frametag.connectors.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A picture, or a folder of them: every file in it whose name ends as that of a JPEG, PNG or WebP
 * picture and does not begin with a dot. Folders within are not looked into.
 */
final class PictureFiles {

    /** Far above any picture that passes the limit on pixels. */
    static final long MAX_BYTES = 256L << 20;

    private static final Pattern NAME =
            Pattern.compile("[^.].*\\.(jpe?g|png|webp)", Pattern.CASE_INSENSITIVE);

    private final Path path;

    PictureFiles(Path path) {
        this.path = path;
    }

    /** Whether pictures are meant by that path, and not a video. */
    static boolean isMeantBy(Path path) {
        return Files.isDirectory(path) || isPicture(path);
    }

    static boolean isPicture(Path path) {
        Path name = path.getFileName();
        return name != null && NAME.matcher(name.toString()).matches();
    }

    /**
     * Looks whether there is anything to read.
     *
     * @param watched whether pictures may still come
     */
    void check(boolean watched) throws VideoException {
        try {
            if (find().isEmpty() && !watched) {
                throw new VideoException(empty());
            }
        } catch (IOException e) {
            throw new VideoException(unreadable(e), e);
        }
    }

    String empty() {
        return path + " has no pictures; give a folder with JPEG, PNG or WebP files";
    }

    String unreadable(IOException e) {
        return path
                + " can't be read ("
                + e.getClass().getSimpleName().replace("Exception", "")
                + "); check the path and its permissions";
    }

    Path path() {
        return path;
    }

    boolean isFolder() {
        return Files.isDirectory(path);
    }

    /** All there are now, by name. */
    List<Found> byName() throws IOException {
        List<Found> found = find();
        found.sort(Comparator.comparing(file -> file.path().getFileName().toString()));
        return found;
    }

    /** All there are now, those first that were changed first. */
    List<Found> byTime() throws IOException {
        List<Found> found = find();
        found.sort(Comparator.comparing(Found::mark));
        return found;
    }

    private List<Found> find() throws IOException {
        List<Found> found = new ArrayList<>();
        if (!isFolder()) {
            found.add(look(path).orElseThrow(() -> new NoSuchFileException(path.toString())));
            return found;
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(path, PictureFiles::isPicture)) {
            for (Path file : files) {
                look(file).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Empty where the file is gone meanwhile, or is no file. */
    private static Optional<Found> look(Path file) throws IOException {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            long millis = is.lastModifiedTime().toMillis();
            return is.isRegularFile()
                    ? Optional.of(
                            new Found(file, is.size(), new Mark(millis, hash(file.getFileName()))))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** FNV-1a of 64 bits: two of a million names are alike once in thirty million folders. */
    private static long hash(Path name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }

    /** A picture that is there. */
    record Found(Path path, long size, Mark mark) {}

    /**
     * A place in a folder that is ordered by time.
     *
     * @param millis when the file was changed, in milliseconds since the epoch
     * @param name hash of its name, so that a mark is two numbers
     */
    record Mark(long millis, long name) implements Comparable<Mark> {

        @Override
        public int compareTo(Mark that) {
            int byTime = Long.compare(millis, that.millis);
            return byTime != 0 ? byTime : Long.compare(name, that.name);
        }
    }
}
