package io.frametag.jobs.bench;

import io.frametag.connectors.json.TagsJson;
import io.frametag.connectors.kafka.FrameRecords;
import io.frametag.jobs.JobFailure;
import io.frametag.jobs.UserError;
import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameTags;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Frames into a job and tags out of it, through Kafka. Owns its two clients. Used by one thread.
 */
final class JobFeed implements AutoCloseable {

    /** A frame may wait for a large model to load. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofMillis(5);

    private final String job;
    private final JobClient client;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long sent;

    JobFeed(String bootstrapServers, String job, JobClient client) {
        this.job = job;
        this.client = client;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("max.request.size", String.valueOf(16 << 20));
        properties.put("fetch.max.wait.ms", "100");
        properties.put("enable.auto.commit", "false");
        ByteArraySerializer bytes = new ByteArraySerializer();
        producer = new KafkaProducer<>(properties, bytes, bytes);
        ByteArrayDeserializer back = new ByteArrayDeserializer();
        consumer = new KafkaConsumer<>(properties, back, back);
        TopicPartition tags = new TopicPartition(tagsTopic(job), 0);
        consumer.assign(List.of(tags));
        consumer.seekToBeginning(List.of(tags));
    }

    static String framesTopic(String job) {
        return "bench." + job + ".frames";
    }

    static String tagsTopic(String job) {
        return "bench." + job + ".tags";
    }

    /**
     * Tags that came.
     *
     * @param tags of one frame
     * @param millis when the broker had them, since the epoch
     */
    record Arrival(FrameTags tags, long millis) {}

    /** Sends one frame; its sequence is the number of frames sent before. */
    long send(byte[] jpeg) {
        long now = System.currentTimeMillis();
        Frame frame = Frame.compressed("bench", sent, now, now, PictureCodec.JPEG, jpeg);
        producer.send(FrameRecords.record(framesTopic(job), frame));
        return sent++;
    }

    /** What came in the next moment, maybe nothing. */
    List<Arrival> poll() throws IOException, UserError, InterruptedException {
        checkRunning();
        List<Arrival> arrivals = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            arrivals.add(new Arrival(TagsJson.read(record.value()), record.timestamp()));
        }
        return arrivals;
    }

    /** Waits for the tags of {@code count} frames. */
    List<Arrival> await(int count) throws IOException, UserError, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Arrival> arrivals = new ArrayList<>();
        while (arrivals.size() < count) {
            arrivals.addAll(poll());
            if (System.nanoTime() > deadline) {
                throw UserError.failed(
                        "only %d of %d frames were tagged in %d s; measure fewer frames"
                                .formatted(arrivals.size(), count, PATIENCE.toSeconds()));
            }
        }
        return arrivals;
    }

    private void checkRunning() throws UserError, InterruptedException {
        checkRunning(client);
    }

    /** Throws where that job is over, which only a failure brings about. */
    static void checkRunning(JobClient client) throws UserError, InterruptedException {
        if (client.getJobExecutionResult().isDone()) {
            try {
                client.getJobExecutionResult().get();
            } catch (ExecutionException e) {
                throw JobFailure.describe(e);
            }
            throw UserError.failed("the measured job ended by itself; the log tells why");
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close();
    }
}
