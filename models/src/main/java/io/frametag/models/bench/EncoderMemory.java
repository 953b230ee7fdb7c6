package io.frametag.models.bench;

import io.frametag.models.EncoderOptions;
import io.frametag.models.ImageEncoder;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.TextEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints the memory that this process holds before a model is open, with its image encoder open and
 * run, and with its text encoder beside it. For a process of its own, on Linux.
 */
public final class EncoderMemory {

    private static final String RESIDENT = "VmRSS:";

    private EncoderMemory() {}

    /**
     * Measures one model.
     *
     * @param arguments the model's folder
     */
    public static void main(String[] arguments) throws ModelException, IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("give MODEL-DIR");
        }
        ModelFolder model = ModelFolder.open(Path.of(arguments[0]));
        EncoderOptions options = EncoderOptions.defaults();
        print("before");
        try (ImageEncoder images = ImageEncoder.open(model, options)) {
            images.warmUp(1);
            print("image encoder, run");
            try (TextEncoder texts = TextEncoder.open(model, options)) {
                texts.encode(List.of("a photo of a car"));
                images.warmUp(1);
                print("both encoders, run");
            }
        }
    }

    private static void print(String when) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String resident = lines.filter(line -> line.startsWith(RESIDENT)).findFirst().get();
            long kibibytes = Long.parseLong(resident.replaceAll("[^0-9]", ""));
            System.out.printf(Locale.ROOT, "%-20s %6.0f MB%n", when, kibibytes * 1024 / 1e6);
        }
    }
}
