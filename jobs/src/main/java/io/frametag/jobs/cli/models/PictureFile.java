package io.frametag.jobs.cli.models;

import io.frametag.jobs.UserError;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureDecoder;
import io.frametag.models.picture.PictureException;
import io.frametag.models.picture.Preprocessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads pictures from files, with errors that name the file. */
final class PictureFile {

    /** Far above any picture that passes the limit on pixels. */
    private static final long MAX_BYTES = 256L << 20;

    private PictureFile() {}

    /**
     * What a model sees of the picture in one file.
     *
     * @throws UserError in one line, where the file can't be read or is no picture
     */
    static Picture crop(Path file, PictureDecoder decoder, Preprocessor preprocessor)
            throws UserError {
        try {
            if (Files.isDirectory(file)) {
                throw UserError.failed(file + " is a folder; give a picture file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw UserError.failed(
                        file + " is larger than 256 MiB; give a picture of a smaller file");
            }
            return decoder.crop(Files.readAllBytes(file), null, preprocessor);
        } catch (PictureException e) {
            throw UserError.failed(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw UserError.failed(file + " does not exist; check the path", e);
        } catch (IOException e) {
            throw UserError.failed(file + " can't be read; check its permissions", e);
        }
    }
}
