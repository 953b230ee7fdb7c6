package io.frametag.jobs.bench;

import io.frametag.connectors.video.DecodeBenchmark;
import io.frametag.connectors.video.DecodeRow;
import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints what the ways from compressed frames to the model's input cost, and what they change. */
public final class DecodeReport {

    private static final int PICTURES = 8;
    private static final List<String> LABELS =
            List.of(
                    "person",
                    "car",
                    "truck",
                    "bottle",
                    "dog",
                    "bicycle",
                    "street",
                    "empty road",
                    "table",
                    "crowd");

    private final ModelFolder model;
    private final @Nullable String video;
    private final ImageSize size;
    private final int rounds;
    private final Report report;

    /**
     * @param video path or {@code file:} URI; null for made-up pictures alone
     * @param size of the JPEG pictures
     */
    public DecodeReport(
            ModelFolder model, @Nullable String video, ImageSize size, int rounds, Report report) {
        this.model = model;
        this.video = video;
        this.size = size;
        this.rounds = rounds;
        this.report = report;
    }

    public void run() throws Exception {
        report.head(
                "%s, input %s; %s, %d rounds"
                        .formatted(
                                model.id(),
                                model.manifest().imageSize(),
                                video == null ? "made-up pictures" : video,
                                rounds));
        DecodeBenchmark benchmark = new DecodeBenchmark(model, LABELS, rounds);
        report.line("%s", DecodeRow.HEAD);
        report.progress("made-up pictures");
        List<byte[]> jpegs = SamplePictures.jpegs(size, PICTURES);
        print(benchmark.pictures("noise " + size, jpegs));
        if (video != null) {
            report.progress(video);
            print(benchmark.video(video, List.of(size)));
        }
    }

    private void print(List<DecodeRow> rows) {
        rows.forEach(row -> report.line("%s", row));
    }
}
