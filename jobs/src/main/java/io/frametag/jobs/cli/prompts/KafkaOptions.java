package io.frametag.jobs.cli.prompts;

import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.jobs.UserError;
import picocli.CommandLine.Option;

/** Where the prompts topic is. */
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
            defaultValue = PromptsTopic.DEFAULT_TOPIC,
            description = "The prompts topic. Default: ${DEFAULT-VALUE}.")
    private String topic = "";

    KafkaOptions() {}

    PromptsTopic open() throws UserError {
        try {
            return new PromptsTopic(KafkaConnection.to(bootstrapServers), topic);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }
}
