package io.frametag.jobs.cli.simulate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "camera",
        description = {
            "Plays videos as network cameras, which can be made to fail as real ones do.",
            "Faults: stall, silent, drop, reset, wrong-password, slow, garbage, loss,"
                    + " resolution-change, timestamp-jump, end, not-found.",
            "Such as: ./frametag simulate camera --cameras 2 --fault cam1:stall@10s/5s"
        })
final class CameraCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "F",
            description =
                    "Video in H.264 or HEVC, played over and over; repeatable, cameras take them by"
                            + " turns. Default: the sample clips of the demo.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--cameras",
            paramLabel = "N",
            description = "How many cameras: cam1, cam2 and so on. Default: one for each file.")
    private @Nullable Integer cameras;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on; other machines reach any but a loopback address."
                            + " Default: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8554",
            description = "RTSP port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--http-port",
            paramLabel = "P",
            description =
                    "Serve the cameras over HTTP too, as JPEGs, MPEG-TS and HLS; 0 for any free"
                            + " port. Default: not.")
    private @Nullable Integer httpPort;

    @Option(
            names = "--fps",
            paramLabel = "R",
            description = "Frames per second. Default: those of the file.")
    private @Nullable Double framesPerSecond;

    @Option(
            names = "--password",
            paramLabel = "USER:PASSWORD",
            description = "Ask for this user and password, in the Digest scheme. Default: none.")
    private @Nullable String password;

    @Option(
            names = "--fault",
            paramLabel = "[CAMERA:]NAME[=AMOUNT]@AFTER[/DURATION]",
            description =
                    "A fault of one camera, or of all, so long after the start; repeatable. Such as"
                            + " stall@10s/5s or cam2:loss=0.3@1m.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--cycle",
            paramLabel = "D",
            description =
                    "Every so often, another camera gets another fault, for that long. Such as 10s.")
    private @Nullable Duration cycle;

    @Option(
            names = "--duration",
            paramLabel = "D",
            description = "End after that long. Default: at Ctrl-C.")
    private @Nullable Duration duration;

    CameraCommand() {}

    @Override
    public Integer call() throws Exception {
        CommandLine line = spec.commandLine();
        SimulationRequest request =
                new SimulationRequest(
                        files,
                        cameras,
                        host,
                        port,
                        httpPort,
                        framesPerSecond,
                        password,
                        faults,
                        cycle,
                        duration);
        return new Simulation(request, line.getOut(), line.getErr()).run();
    }
}
