package io.frametag.jobs.tag;

import io.frametag.connectors.video.CameraSettings;
import io.frametag.models.ExecutionProvider;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code frametag tag} was asked for, as typed.
 *
 * @param sources at least one where there are no cameras
 * @param cameras a file, {@code kafka:TOPIC} or, for those in it, the job file; null for none
 * @param jobFile that options were taken from; null for none
 * @param prompts a file; null for the model's own
 * @param model a model folder, or a name in the store
 * @param output {@code stdout}, a file or {@code kafka:TOPIC}
 * @param sampling which frames are looked at
 * @param delivery what frames are owed; null for what is usual for each kind of source
 * @param keyframes whether only the keyframes of videos are decoded
 * @param reducedDecode whether large JPEG pictures are decoded to a smaller size
 * @param provider what frames are encoded on
 * @param device which of the provider's devices, from 0
 * @param limits what cameras may connect to and how long they may take
 * @param bootstrapServers of Kafka, where it is needed
 */
public record TagRequest(
        List<String> sources,
        @Nullable String cameras,
        @Nullable Path jobFile,
        @Nullable Path prompts,
        String model,
        String output,
        Sampling sampling,
        @Nullable Delivery delivery,
        boolean keyframes,
        boolean reducedDecode,
        ExecutionProvider provider,
        int device,
        CameraSettings limits,
        String bootstrapServers) {

    public TagRequest {
        sources = List.copyOf(sources);
    }
}
