package io.frametag.connectors.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes inputs that claim huge sizes, each behind a good one of its kind, and prints for each what
 * it came to and by how many KiB the process grew at most meanwhile. Linux only.
 */
final class HugeHeadersChild {

    private record Input(FuzzFormat format, byte[] good, byte[] huge) {}

    private HugeHeadersChild() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FuzzSamples samples = FuzzSamples.in(folder);
        try (FuzzTarget target = new FuzzTarget(folder)) {
            for (Map.Entry<String, Input> entry : inputs(samples).entrySet()) {
                Input input = entry.getValue();
                for (int i = 0; i < 3; i++) {
                    target.take(input.format(), input.good(), false);
                }
                Files.writeString(Path.of("/proc/self/clear_refs"), "5");
                long before = peakKib();
                FuzzTarget.Outcome outcome = target.take(input.format(), input.huge(), false);
                System.out.println(entry.getKey() + " " + outcome + " " + (peakKib() - before));
            }
        }
    }

    private static Map<String, Input> inputs(FuzzSamples samples) {
        Map<String, Input> inputs = new LinkedHashMap<>();
        byte[] jpeg = samples.of(FuzzFormat.JPEG).get(1);
        byte[] png = samples.of(FuzzFormat.PNG).get(0);
        byte[] webp = samples.of(FuzzFormat.WEBP).get(0);
        byte[] mp4 = samples.of(FuzzFormat.MP4).get(0);
        byte[] keyframe = samples.of(FuzzFormat.H264_KEYFRAME).get(0);
        byte[] stream = samples.of(FuzzFormat.H264).get(0);
        inputs.put("jpeg", new Input(FuzzFormat.JPEG, jpeg, HugeHeaders.jpeg(jpeg)));
        inputs.put("png", new Input(FuzzFormat.PNG, png, HugeHeaders.png(png)));
        inputs.put("webp", new Input(FuzzFormat.WEBP, webp, HugeHeaders.webp(webp)));
        inputs.put("h264", new Input(FuzzFormat.H264_KEYFRAME, keyframe, HugeHeaders.h264()));
        inputs.put("h264-stream", new Input(FuzzFormat.H264, stream, HugeHeaders.h264()));
        inputs.put("mp4", new Input(FuzzFormat.MP4, mp4, HugeHeaders.mp4ByContainer(mp4)));
        inputs.put("mp4-avcc", new Input(FuzzFormat.MP4, mp4, HugeHeaders.mp4ByParameterSet(mp4)));
        return inputs;
    }

    private static long peakKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("the process does not tell its peak");
    }
}
