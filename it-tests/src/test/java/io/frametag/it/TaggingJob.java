package io.frametag.it;

import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.kafka.KafkaFrames;
import io.frametag.connectors.kafka.KafkaPrompts;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.kafka.KafkaTopic;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.TaggedStreams;
import io.frametag.operators.data.StreamItem;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job from the frames topic to the tags topic, as a user would write it.
 *
 * @param name first part of all topics' names, so that tests do not meet
 */
record TaggingJob(String name) {

    String frames() {
        return name + ".frames";
    }

    String prompts() {
        return name + ".prompts";
    }

    String tags() {
        return name + ".tags";
    }

    String status() {
        return name + ".status";
    }

    String errors() {
        return name + ".errors";
    }

    void createTopics(TestingKafka kafka) throws Exception {
        kafka.create(
                KafkaTopic.frames(frames(), 4),
                KafkaTopic.prompts(prompts()),
                KafkaTopic.results(tags(), 2),
                KafkaTopic.results(status(), 1),
                KafkaTopic.results(errors(), 1));
    }

    StreamExecutionEnvironment build(KafkaConnection kafka, FrameTagger tagger, boolean exactlyOnce)
            throws Exception {
        return build(kafka, tagger, exactlyOnce, frames -> frames);
    }

    /**
     * @param exactlyOnce whether tags wait for checkpoints
     * @param between what is done to the frames on their way to the tagger
     */
    StreamExecutionEnvironment build(
            KafkaConnection kafka,
            FrameTagger tagger,
            boolean exactlyOnce,
            UnaryOperator<DataStream<StreamItem>> between)
            throws Exception {
        StreamExecutionEnvironment env = TestingJobs.environment(2);
        DataStream<StreamItem> frames =
                env.fromSource(
                        KafkaFrames.builder().connection(kafka).topic(frames()).build(),
                        WatermarkStrategy.noWatermarks(),
                        "frames");
        KafkaPrompts prompts = KafkaPrompts.from(env, kafka, prompts());
        TaggedStreams tagged = tagger.tag(between.apply(frames), prompts.changes());

        var tags = KafkaResults.tags().connection(kafka).topic(tags());
        tagged.tags().sinkTo((exactlyOnce ? tags.exactlyOnce(name) : tags).build());
        tagged.status().sinkTo(KafkaResults.status().connection(kafka).topic(status()).build());
        tagged.errors().sinkTo(KafkaResults.errors().connection(kafka).topic(errors()).build());
        tagged.promptErrors()
                .union(prompts.failures())
                .sinkTo(KafkaResults.promptErrors().connection(kafka).topic(errors()).build());
        return env;
    }
}
