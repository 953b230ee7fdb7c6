package io.frametag.jobs.cli.cameras;

import io.frametag.connectors.json.StreamEntry;
import io.frametag.connectors.json.StreamFile;
import io.frametag.connectors.json.StreamJson;
import io.frametag.connectors.json.StreamListException;
import io.frametag.jobs.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "put",
        description = {
            "Puts a camera, or all cameras of a file, each in the place of the one of its id.",
            "Such as: ./frametag cameras put gate rtsp://10.0.7.12/stream1 --sample 2fps"
        })
final class PutCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private KafkaOptions kafka;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ID", description = "Id of the camera.")
    private @Nullable String id;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "URI",
            description =
                    "Its address. Who reads the topic reads it too: give passwords as"
                            + " $${env:NAME} or $${file:/path}, which the job looks up.")
    private @Nullable String uri;

    @Option(
            names = "--file",
            paramLabel = "F",
            description = "JSON or YAML file of cameras, in place of all the rest.")
    private @Nullable Path file;

    @Option(
            names = "--sample",
            paramLabel = "RATE",
            description =
                    "Frames to look at, such as 2fps, all or 2fps+motion. Default: the job's.")
    private @Nullable String sample;

    @Option(
            names = "--keyframes",
            negatable = true,
            description = "Decode only its keyframes. Default: the job's.")
    private @Nullable Boolean keyframes;

    @Option(
            names = "--delivery",
            paramLabel = "D",
            description = "live, live:2s or complete. Default: the job's.")
    private @Nullable String delivery;

    @Option(
            names = "--transport",
            paramLabel = "T",
            description = "tcp or udp, for RTSP. Default: tcp.")
    private @Nullable String transport;

    PutCommand() {}

    @Override
    public Integer call() throws Exception {
        List<StreamEntry> cameras = cameras();
        kafka.open().put(cameras);
        String what = cameras.size() == 1 ? cameras.get(0).id() : cameras.size() + " cameras";
        spec.commandLine().getErr().println("Put " + what + ".");
        return 0;
    }

    private List<StreamEntry> cameras() throws UserError {
        try {
            return file == null ? List.of(typed()) : fromFile(file);
        } catch (StreamListException e) {
            throw UserError.failed(e.getMessage(), e);
        }
    }

    private List<StreamEntry> fromFile(Path path) throws StreamListException, UserError {
        boolean more = delivery != null || transport != null;
        if (more || id != null || sample != null || keyframes != null) {
            throw UserError.usage("--file says all of a camera; leave out what else describes one");
        }
        return StreamFile.read(path);
    }

    private StreamEntry typed() throws StreamListException, UserError {
        if (id == null || uri == null) {
            throw UserError.usage("no camera given; name an id with its address, or --file");
        }
        StreamEntry camera =
                new StreamEntry(id, uri, sample, keyframes, delivery, transport, null, null);
        // The same rules as for records of the topic.
        return StreamJson.read("camera", StreamJson.write(camera));
    }
}
