package io.frametag.jobs.demo;

import io.frametag.operators.data.StreamStatus;
import io.frametag.operators.data.Tag;
import java.util.Locale;
import java.util.stream.Collectors;

/** A camera as one line of plain text, for where no table can be redrawn. */
final class StatusLine {

    private StatusLine() {}

    static String of(CameraView view) {
        String tags =
                view.tags().stream()
                        .limit(3)
                        .map(StatusLine::tag)
                        .collect(Collectors.joining(", "));
        StringBuilder line = new StringBuilder(view.stream()).append(": ");
        line.append(tags.isEmpty() ? "no tag" : tags);
        line.append(String.format(Locale.ROOT, "; %.1f frames/s", view.framesPerSecond()));
        if (view.latencyP50() >= 0) {
            line.append(", latency ").append(view.latencyP50()).append(" / ");
            line.append(view.latencyP95()).append(" ms");
        }
        StreamStatus status = view.status();
        if (status != null) {
            line.append("; in ").append(status.in());
            line.append(", tagged ").append(status.tagged());
            line.append(", sampled out ").append(status.sampledOut());
            line.append(", dropped ").append(status.droppedTotal());
            line.append(", failed ").append(status.failedTotal());
        }
        return line.toString();
    }

    private static String tag(Tag tag) {
        return tag.label() + " " + LiveTable.percent(tag.probability());
    }
}
