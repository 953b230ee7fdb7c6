package io.frametag.models.conformance;

import io.frametag.models.ModelException;
import io.frametag.models.picture.FrameConverter;
import io.frametag.models.picture.Picture;
import io.frametag.models.picture.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** Frames of the videos in a folder, evenly spread over each. */
final class VideoPictures {

    private static final int PER_VIDEO = 8;

    private VideoPictures() {}

    /** None if there is no such folder. */
    static List<Picture> of(Path folder) throws IOException, ModelException {
        List<Picture> pictures = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return pictures;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".mp4")).sorted().toList()) {
                add(file, pictures);
            }
        }
        return pictures;
    }

    private static void add(Path file, List<Picture> pictures) throws ModelException {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
                FrameConverter converter = new FrameConverter()) {
            grabber.setImageMode(FrameGrabber.ImageMode.RAW);
            grabber.start();
            int every = Math.max(1, grabber.getLengthInVideoFrames() / PER_VIDEO);
            int index = 0;
            Frame frame = grabber.grabImage();
            while (frame != null) {
                if (index % every == every / 2 && frame.opaque instanceof AVFrame decoded) {
                    pictures.add(converter.convert(decoded));
                }
                index++;
                frame = grabber.grabImage();
            }
        } catch (FrameGrabber.Exception | PictureException e) {
            throw new ModelException("video " + file + " can't be read: " + e.getMessage(), e);
        }
    }
}
