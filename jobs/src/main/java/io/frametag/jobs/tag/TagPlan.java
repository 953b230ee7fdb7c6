package io.frametag.jobs.tag;

import io.frametag.connectors.json.PromptException;
import io.frametag.connectors.json.PromptFile;
import io.frametag.connectors.kafka.KafkaAccessException;
import io.frametag.connectors.kafka.KafkaConnection;
import io.frametag.connectors.kafka.KafkaResults;
import io.frametag.connectors.kafka.KafkaTopic;
import io.frametag.connectors.kafka.KafkaTopics;
import io.frametag.connectors.video.CameraSettings;
import io.frametag.connectors.video.VideoException;
import io.frametag.connectors.video.VideoSource;
import io.frametag.jobs.DemoPrompts;
import io.frametag.jobs.UserError;
import io.frametag.models.ExecutionProvider;
import io.frametag.models.ModelException;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelStore;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Prompt;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was looked at and can be carried out: all that can be known to be wrong before
 * anything starts was found.
 *
 * @param cameras beside the sources
 * @param model opened, so complete and unaltered
 * @param delivery what frames are owed; null for what is usual for each kind of source
 * @param limits what cameras may connect to and how long they may take
 * @param refused one line for each source that can't be read; they fail, the others are tagged
 */
record TagPlan(
        List<TagSource> sources,
        TagCameras cameras,
        List<Prompt> prompts,
        ModelFolder model,
        TagOutput output,
        Sampling sampling,
        @Nullable Delivery delivery,
        boolean keyframes,
        boolean reducedDecode,
        ExecutionProvider provider,
        int device,
        CameraSettings limits,
        KafkaConnection kafka,
        List<String> refused) {

    static TagPlan of(TagRequest request)
            throws UserError, PromptException, ModelException, KafkaAccessException {
        request.provider().requireInBuild();
        if (request.sources().isEmpty() && request.cameras() == null) {
            throw UserError.usage(
                    "no source given; name at least one with --source, or a list with --cameras");
        }
        List<TagSource> sources = TagSource.parseAll(request.sources());
        List<Prompt> prompts = prompts(request.prompts(), request.model());
        TagOutput output = TagOutput.parse(request.output(), sources);
        KafkaConnection kafka = connection(request.bootstrapServers());
        checkTopics(sources, output, kafka);
        TagCameras cameras = TagCameras.of(request, kafka);
        ModelFolder model = ModelStore.atDefaultLocation().open(request.model());
        return new TagPlan(
                sources,
                cameras,
                prompts,
                model,
                output,
                request.sampling(),
                request.delivery(),
                request.keyframes(),
                request.reducedDecode(),
                request.provider(),
                request.device(),
                request.limits(),
                kafka,
                refused(sources, request.limits(), cameras.isEmpty()));
    }

    /** How many streams there are; what a list will have is not known. */
    int streams() {
        return cameras.directory() == null
                ? Math.max(1, sources.size() + cameras.fixed().size())
                : Integer.MAX_VALUE;
    }

    private static List<Prompt> prompts(@Nullable Path file, String model)
            throws UserError, PromptException, ModelException {
        if (file == null) {
            if (!model.equals(ModelStore.NANO)) {
                // A model that is not there is the more telling error.
                ModelStore.atDefaultLocation().open(model);
                throw UserError.usage(
                        "no prompts given; say what to look for with --prompts F (only model nano"
                                + " has prompts of its own)");
            }
            return DemoPrompts.read();
        }
        List<Prompt> prompts = PromptFile.read(file);
        if (prompts.isEmpty()) {
            throw UserError.failed(file + " has no prompts; write at least one");
        }
        return prompts;
    }

    private static KafkaConnection connection(String bootstrapServers) throws UserError {
        try {
            return KafkaConnection.to(bootstrapServers);
        } catch (IllegalArgumentException e) {
            throw UserError.usage(e.getMessage());
        }
    }

    private static void checkTopics(
            List<TagSource> sources, TagOutput output, KafkaConnection kafka)
            throws KafkaAccessException {
        List<String> topics =
                sources.stream()
                        .filter(source -> source.kind() == TagSource.Kind.TOPIC)
                        .map(TagSource::location)
                        .toList();
        if (!topics.isEmpty()) {
            KafkaTopics.require(kafka, topics);
        }
        if (output.kind() == TagOutput.Kind.TOPIC) {
            KafkaTopics.ensure(
                    kafka,
                    List.of(
                            KafkaTopic.results(output.name(), 1),
                            KafkaTopic.results(KafkaResults.DEFAULT_STATUS_TOPIC, 1),
                            KafkaTopic.results(KafkaResults.DEFAULT_ERRORS_TOPIC, 1)));
        }
    }

    /** Bad sources stop the job only where there is nothing else to tag. */
    private static List<String> refused(
            List<TagSource> sources, CameraSettings limits, boolean alone) throws UserError {
        List<String> problems = new ArrayList<>();
        for (TagSource source : sources) {
            if (source.kind() != TagSource.Kind.TOPIC) {
                try {
                    VideoSource.check(source.location(), limits);
                } catch (VideoException e) {
                    problems.add(e.getMessage());
                }
            }
        }
        if (alone && problems.size() == sources.size()) {
            throw UserError.failed(String.join("\nframetag: ", problems));
        }
        return problems;
    }
}
