package io.frametag.operators.data;

import io.frametag.models.ModelId;
import io.frametag.models.picture.PictureCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One value of each data type with every field filled, and one with every optional one left out.
 */
final class SampleValues {

    private static final ModelId MODEL = new ModelId("nano", "0123456789ab");

    private SampleValues() {}

    private static Frame frame() {
        return new Frame(
                "cam-ü",
                7,
                1_234,
                5_678,
                PictureCodec.PNG,
                new byte[] {1, 2, 3},
                null,
                Map.of("kafka.offset", "12", "a", "b"));
    }

    private static StreamReport report() {
        return new StreamReport(
                "cam",
                9,
                StreamState.DOWN,
                3,
                Map.of("stale", 4L, "queue", 1L),
                Map.of("corrupt", 5L),
                "gone");
    }

    private static FrameEmbedding embedding() {
        return new FrameEmbedding("cam", 7, 1_234, 5_678, MODEL, new float[] {0.6f, -0.8f});
    }

    private static FailedFrame failed() {
        return new FailedFrame("cam", 7, 1_234, "corrupt", "no picture in it", new byte[] {9});
    }

    private static Prompt prompt() {
        return new Prompt(
                "dog",
                "Dog",
                List.of("a dog", "a puppy"),
                List.of("a photo of {}"),
                List.of("a cat"),
                "animals",
                0.25,
                Set.of("yard", "street", "door"));
    }

    /** File name of the golden bytes to value. */
    static Map<String, Object> all() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", frame());
        values.put("frame-bare", Frame.compressed("s", 0, 0, 0, null, new byte[0]));
        values.put("stream-report", report());
        values.put(
                "stream-report-bare",
                new StreamReport("s", 0, StreamState.UP, 0, Map.of(), Map.of(), null));
        values.put("frame-embedding", embedding());
        values.put("failed-frame", failed());
        values.put("failed-frame-bare", new FailedFrame("s", 0, 0, "timeout", "", null));
        values.put("failed-prompt", new FailedPrompt("dog", 3, "too-many", "10000 are there"));
        values.put("prompt", prompt());
        values.put("prompt-bare", Prompt.of("dog", "a dog"));
        values.put("prompt-change-put", PromptChange.put(3, prompt()));
        values.put("prompt-change-delete", PromptChange.delete("dog", 4));
        values.put("prompt-change-end", PromptChange.snapshotEnd());
        values.put("tag", new Tag("dog", 3, "Dog", 0.3, 0.9));
        values.put(
                "frame-tags",
                new FrameTags("cam", 7, 1_234, MODEL, 12, List.of(new Tag("d", 3, "D", 0.3, 0.9))));
        values.put("frame-tags-bare", new FrameTags("cam", 7, 1_234, MODEL, 0, List.of()));
        values.put(
                "stream-status",
                new StreamStatus(
                        "cam",
                        9,
                        StreamState.ENDED,
                        20,
                        10,
                        3,
                        Map.of("stale", 4L),
                        Map.of("corrupt", 1L),
                        2,
                        1_234L,
                        "gone"));
        values.put(
                "stream-status-bare",
                new StreamStatus(
                        "s",
                        0,
                        StreamState.CONNECTING,
                        0,
                        0,
                        0,
                        Map.of(),
                        Map.of(),
                        0,
                        null,
                        null));
        return values;
    }

    /** Values of the union types, by their union. */
    static Map<Object, Class<?>> unions() {
        return Map.of(
                frame(), StreamItem.class,
                report(), StreamItem.class,
                embedding(), EncodeResult.class,
                failed(), EncodeResult.class);
    }
}
