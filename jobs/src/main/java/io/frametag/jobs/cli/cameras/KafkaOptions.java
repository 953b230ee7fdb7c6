package io.frametag.jobs.cli.cameras;

import io.frametag.connectors.kafka.CamerasTopic;
import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.jobs.UserError;
import picocli.CommandLine.Option;

/** Where the cameras topic is. */
final class KafkaOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka brokers. Default: ${DEFAULT-VALUE}, those of the demo.")
    private String bootstrapServers = "";

    @Option(
            names = "--topic",
            paramLabel = "T",
            defaultValue = CamerasTopic.DEFAULT_TOPIC,
            description = "The cameras topic. Default: ${DEFAULT-VALUE}.")
    private String topic = "";

    KafkaOptions() {}

    CamerasTopic open() throws UserError {
        try {
            return new CamerasTopic(KafkaConnection.to(bootstrapServers), topic);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }
}
