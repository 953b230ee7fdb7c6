package io.frametag.jobs.bench;

import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.Tag;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one would write without us, fairly: a synchronous map, a batch of one, {@link UsualPictures}
 * and a loop over the prompts. Runs on the task thread and owns the encoder.
 */
final class UsualMap extends RichMapFunction<StreamItem, FrameTags> {

    private static final long serialVersionUID = 1L;

    private final UsualEncoder.Kind kind;
    private final UsualModel model;
    private final float[][] prompts;

    private transient @Nullable UsualEncoder encoder;

    /**
     * @param prompts how many; their vectors don't matter here
     */
    UsualMap(UsualEncoder.Kind kind, UsualModel model, int prompts) {
        this.kind = kind;
        this.model = model;
        this.prompts = new float[prompts][model.embeddingSize()];
    }

    @Override
    public void open(OpenContext context) throws Exception {
        encoder = kind.open(model);
    }

    @Override
    public FrameTags map(StreamItem item) throws Exception {
        Frame frame = (Frame) item;
        float[] embedding = encoder.encode(frame.bytes());
        return new FrameTags(
                frame.stream(),
                frame.sequence(),
                frame.frameTime(),
                model.id(),
                0,
                tags(embedding));
    }

    private List<Tag> tags(float[] embedding) {
        int best = 0;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < prompts.length; p++) {
            double score = 0;
            for (int i = 0; i < embedding.length; i++) {
                score += embedding[i] * prompts[p][i];
            }
            if (score > bestScore) {
                best = p;
                bestScore = score;
            }
        }
        return List.of(new Tag("prompt-" + best, 1, "prompt-" + best, bestScore, 1));
    }

    @Override
    public void close() throws Exception {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
