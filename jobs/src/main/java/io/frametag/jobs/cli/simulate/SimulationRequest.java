package io.frametag.jobs.cli.simulate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants simulated.
 *
 * @param files to play; none for the sample clips
 * @param cameras how many; null for one per file
 * @param host to listen on
 * @param port for RTSP; 0 for any free one
 * @param httpPort for HTTP; 0 for any free one, null for no HTTP
 * @param framesPerSecond null for those of the file
 * @param password as {@code USER:PASSWORD}; null for none
 * @param faults as typed
 * @param cycle after which another camera gets another fault; null for never
 * @param duration after which it ends; null for at a signal
 */
record SimulationRequest(
        List<Path> files,
        @Nullable Integer cameras,
        String host,
        int port,
        @Nullable Integer httpPort,
        @Nullable Double framesPerSecond,
        @Nullable String password,
        List<String> faults,
        @Nullable Duration cycle,
        @Nullable Duration duration) {

    SimulationRequest {
        files = List.copyOf(files);
        faults = List.copyOf(faults);
    }

    @Override
    public String toString() {
        return "SimulationRequest" + files;
    }
}
