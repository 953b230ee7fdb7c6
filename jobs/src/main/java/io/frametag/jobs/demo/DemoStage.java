package io.frametag.jobs.demo;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.kafka.KafkaAccessException;
import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.kafka.KafkaTopic;
import io.frametag.connectors.kafka.KafkaTopics;
import io.frametag.connectors.kafka.PromptsTopic;
import io.frametag.jobs.DemoPrompts;
import io.frametag.jobs.TemporaryFolder;
import io.frametag.jobs.UserError;
import io.frametag.jobs.broker.BrokerException;
import io.frametag.jobs.broker.EmbeddedBroker;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that the demo's job needs around it: the broker with its topics and prompts, the unpacked
 * clips and the model. Owns the broker and the temporary folder.
 */
final class DemoStage implements AutoCloseable {

    private final TemporaryFolder temporary;
    private final EmbeddedBroker broker;
    private final List<DemoClips.Clip> clips;
    private final ModelFolder model;

    private DemoStage(
            TemporaryFolder temporary,
            EmbeddedBroker broker,
            List<DemoClips.Clip> clips,
            ModelFolder model) {
        this.temporary = temporary;
        this.broker = broker;
        this.clips = clips;
        this.model = model;
    }

    /**
     * Sets everything up. The model is opened while the broker starts.
     *
     * @param port of the broker on 127.0.0.1
     */
    static DemoStage open(int port)
            throws UserError,
                    BrokerException,
                    ModelException,
                    KafkaAccessException,
                    PromptException,
                    IOException,
                    InterruptedException {
        FutureTask<ModelFolder> opening =
                inBackground(() -> ModelStore.atDefaultLocation().open(ModelStore.NANO));
        TemporaryFolder temporary = TemporaryFolder.create();
        EmbeddedBroker broker = null;
        try {
            List<DemoClips.Clip> clips =
                    DemoClips.unpack(Files.createDirectory(temporary.path().resolve("clips")));
            broker = EmbeddedBroker.start(port, temporary.path().resolve("broker"));
            fill(KafkaConnection.to(broker.bootstrapServers()));
            return new DemoStage(temporary, broker, clips, await(opening));
        } catch (Exception e) {
            if (broker != null) {
                broker.close();
            }
            temporary.close();
            throw e;
        }
    }

    private static void fill(KafkaConnection kafka) throws KafkaAccessException, PromptException {
        KafkaTopics.ensure(
                kafka,
                List.of(
                        KafkaTopic.prompts(PromptsTopic.DEFAULT_TOPIC),
                        // The broker's own time, so that latency is measured at its log.
                        KafkaTopic.results(KafkaResults.DEFAULT_TAGS_TOPIC, 1)
                                .with("message.timestamp.type", "LogAppendTime"),
                        KafkaTopic.results(KafkaResults.DEFAULT_STATUS_TOPIC, 1),
                        KafkaTopic.results(KafkaResults.DEFAULT_ERRORS_TOPIC, 1)));
        new PromptsTopic(kafka, PromptsTopic.DEFAULT_TOPIC).put(DemoPrompts.read());
    }

    private static <T> FutureTask<T> inBackground(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "open-model");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static ModelFolder await(FutureTask<ModelFolder> opening)
            throws ModelException, InterruptedException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ModelException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    KafkaConnection kafka() {
        return KafkaConnection.to(broker.bootstrapServers());
    }

    List<DemoClips.Clip> clips() {
        return clips;
    }

    /** What each clip shows, by camera. */
    Map<String, GroundTruth> truths() {
        Function<DemoClips.Clip, GroundTruth> truth = DemoClips.Clip::truth;
        return clips.stream().collect(Collectors.toMap(DemoClips.Clip::name, truth));
    }

    ModelFolder model() {
        return model;
    }

    /** For what the job leaves behind. */
    Path temporary() {
        return temporary.path();
    }

    @Override
    public void close() {
        broker.close();
        temporary.close();
    }
}
