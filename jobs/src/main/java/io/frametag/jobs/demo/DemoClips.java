package io.frametag.jobs.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The sample clips, which are packaged with the job and unpacked to be played. */
public final class DemoClips {

    private static final List<String> NAMES = List.of("harbour", "site", "street", "yard");

    /**
     * One clip.
     *
     * @param name of the clip and its camera
     * @param file where it was unpacked
     * @param truth what it shows
     */
    record Clip(String name, Path file, GroundTruth truth) {}

    private DemoClips() {}

    /**
     * Unpacks the clips alone, in the order of their names.
     *
     * @throws IOException where the folder can't be written
     */
    public static List<Path> files(Path folder) throws IOException {
        return unpack(folder).stream().map(Clip::file).toList();
    }

    static List<Clip> unpack(Path folder) throws IOException {
        List<Clip> clips = new ArrayList<>();
        for (String name : NAMES) {
            Path file = folder.resolve(name + ".mp4");
            Files.write(file, resource(name + ".mp4"));
            clips.add(new Clip(name, file, GroundTruth.parse(resource(name + ".json"))));
        }
        return clips;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = DemoClips.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
