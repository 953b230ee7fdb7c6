package io.frametag.jobs.bench;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelId;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * What the usual jobs know of a model; it travels with their functions.
 *
 * @param graph the image encoder's file
 * @param mean of each channel, of levels from 0 to 1
 * @param std of each channel
 */
record UsualModel(
        String name,
        String hash,
        String graph,
        int width,
        int height,
        float[] mean,
        float[] std,
        int embeddingSize)
        implements Serializable {

    static UsualModel of(ModelFolder folder) {
        float[] mean = new float[3];
        float[] std = new float[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = folder.manifest().preprocessing().mean().get(c);
            std[c] = folder.manifest().preprocessing().std().get(c);
        }
        return new UsualModel(
                folder.id().name(),
                folder.id().contentHash(),
                folder.imageGraph().toString(),
                folder.manifest().imageSize().width(),
                folder.manifest().imageSize().height(),
                mean,
                std,
                folder.manifest().embeddingSize());
    }

    ModelId id() {
        return new ModelId(name, hash);
    }

    Path graphFile() {
        return Path.of(graph);
    }

    ImageSize size() {
        return new ImageSize(width, height);
    }
}
