package io.frametag.jobs.cli.bench;

import io.frametag.jobs.Durations;
import io.frametag.jobs.UserError;
import io.frametag.jobs.bench.CamerasBenchmark;
import io.frametag.jobs.bench.CamerasSettings;
import io.frametag.models.ModelStore;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "cameras",
        description = {
            "Reads simulated cameras over RTSP and writes their tags to Kafka, for as long as given.",
            "Tells what became of each frame that a camera sent, how old tags were when Kafka had"
                    + " them, and how memory grew; fails where a frame is unaccounted for."
        })
final class CamerasCommand implements Callable<Integer> {

    private static final int MOST_CAMERAS = 256;

    @Spec private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = ModelStore.NANO,
            description =
                    "A model folder, or the name of a model in the store. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String model = "";

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int cameras;

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            defaultValue = "1920x1080",
            description = "Of their pictures. Default: ${DEFAULT-VALUE}.")
    private String size = "";

    @Option(
            names = "--rate",
            paramLabel = "FPS",
            defaultValue = "15",
            description = "Frames a second of each camera. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--sample",
            paramLabel = "RATE",
            defaultValue = "1fps",
            description = "Which frames are tagged, as for tag. Default: ${DEFAULT-VALUE}.")
    private String sample = "";

    @Option(names = "--keyframes", description = "Decode keyframes only.")
    private boolean keyframes;

    @Option(
            names = "--delivery",
            paramLabel = "CONTRACT",
            defaultValue = "live",
            description =
                    "What frames are owed under overload: complete, live, or live:500ms with the"
                            + " age beyond which they are dropped. Default: ${DEFAULT-VALUE}.")
    private String delivery = "";

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "From the first tag on. Default: ${DEFAULT-VALUE}.")
    private String duration = "";

    CamerasCommand() {}

    @Override
    public Integer call() throws Exception {
        Needed.atLeast(1, "--cameras", cameras);
        Needed.atLeast(1, "--rate", rate);
        if (cameras > MOST_CAMERAS) {
            throw UserError.usage("--cameras (" + cameras + ") must be <= " + MOST_CAMERAS);
        }
        Sampling sampling = parsed("--sample", sample, Sampling::parse);
        Delivery owed = parsed("--delivery", delivery, Delivery::parse);
        Duration time = parsed("--duration", duration, Durations::parse);
        Needed.logToFile();
        CamerasSettings settings =
                new CamerasSettings(
                        ModelStore.atDefaultLocation().open(model),
                        cameras,
                        Needed.size(size),
                        rate,
                        sampling,
                        keyframes,
                        owed,
                        time);
        new CamerasBenchmark(settings, Needed.report(spec)).run();
        return 0;
    }

    private static <T> T parsed(String option, String text, Function<String, T> parse)
            throws UserError {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(option + ": " + e.getMessage());
        }
    }
}
