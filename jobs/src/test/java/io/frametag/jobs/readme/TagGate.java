package io.frametag.jobs.readme;

import io.frametag.connectors.video.VideoSource;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.TaggedStreams;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.data.PromptChange;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.sample.Sampling;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The README's library example; a test keeps the two equal. */
final class TagGate {

    private TagGate() {}

    public static void main(String[] args) throws Exception {
        // README begin
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        VideoSource video =
                VideoSource.builder().stream("gate", "gate.mp4")
                        .sampling(Sampling.parse("2fps"))
                        .build();
        DataStream<StreamItem> frames =
                env.fromSource(video, WatermarkStrategy.noWatermarks(), "videos");
        DataStream<PromptChange> prompts =
                env.fromData(
                        PromptChange.put(1, Prompt.of("truck", "a truck at a gate")),
                        PromptChange.put(1, Prompt.of("fire", "a fire")),
                        PromptChange.snapshotEnd());

        TaggedStreams tagged = FrameTagger.builder().model("nano").build().tag(frames, prompts);
        tagged.tags().print();
        tagged.status().print();
        env.execute("tag the gate");
        // README end
    }
}
