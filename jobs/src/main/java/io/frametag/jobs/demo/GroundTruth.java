package io.frametag.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sample clip shows, and when; beside each clip as JSON.
 *
 * @param fps frames per second of the clip
 * @param frames in the clip
 * @param intervals in which exactly one label is right; what lies between them is not judged
 */
record GroundTruth(double fps, long frames, List<Interval> intervals) {

    /**
     * A stretch of the clip.
     *
     * @param startMillis from the start of the clip, inclusive
     * @param endMillis from the start of the clip, exclusive
     * @param label that is right in it
     */
    record Interval(long startMillis, long endMillis, String label) {}

    GroundTruth {
        intervals = List.copyOf(intervals);
    }

    static GroundTruth parse(byte[] json) throws IOException {
        JsonNode root = new ObjectMapper().readTree(json);
        List<Interval> intervals = new ArrayList<>();
        for (JsonNode interval : root.required("intervals")) {
            intervals.add(
                    new Interval(
                            interval.required("startMs").longValue(),
                            interval.required("endMs").longValue(),
                            interval.required("label").textValue()));
        }
        return new GroundTruth(
                root.required("fps").doubleValue(), root.required("frames").longValue(), intervals);
    }

    /**
     * The interval that a frame of the looping clip lies in.
     *
     * @param sequence of the frame, counted from the first loop's start
     */
    Optional<Interval> at(long sequence) {
        double millis = sequence % frames * 1000.0 / fps;
        return intervals.stream()
                .filter(
                        interval ->
                                millis >= interval.startMillis() && millis < interval.endMillis())
                .findFirst();
    }
}
