package io.frametag.jobs.bench;

import io.frametag.models.ImageSize;
import io.frametag.models.ModelFolder;
import io.frametag.models.ModelId;
import io.frametag.models.ModelManifest;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.FrameTags;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.Tag;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one would write without us, fairly: a synchronous map with a session of its own, a batch of
 * one, {@code javax.imageio}, Graphics2D for the resize, a loop from pixels to floats, and a loop
 * over the prompts. Runs on the task thread and owns the session.
 */
final class UsualMap extends RichMapFunction<StreamItem, FrameTags> {

    private static final long serialVersionUID = 1L;

    private final String graph;
    private final String modelName;
    private final String modelHash;
    private final int width;
    private final int height;
    private final float[] mean = new float[3];
    private final float[] std = new float[3];
    private final float[][] prompts;

    private transient @Nullable ModelId model;
    private transient @Nullable BareSession session;

    /**
     * @param prompts how many; their vectors don't matter here
     */
    UsualMap(ModelFolder folder, int prompts) {
        ModelManifest manifest = folder.manifest();
        this.graph = folder.imageGraph().toString();
        this.modelName = folder.id().name();
        this.modelHash = folder.id().contentHash();
        this.width = manifest.imageSize().width();
        this.height = manifest.imageSize().height();
        for (int c = 0; c < 3; c++) {
            mean[c] = manifest.preprocessing().mean().get(c);
            std[c] = manifest.preprocessing().std().get(c);
        }
        this.prompts = new float[prompts][manifest.embeddingSize()];
    }

    @Override
    public void open(OpenContext context) throws Exception {
        model = new ModelId(modelName, modelHash);
        session = new BareSession(graph, new ImageSize(width, height));
    }

    @Override
    public FrameTags map(StreamItem item) throws Exception {
        Frame frame = (Frame) item;
        float[] pixels = floats(resized(read(frame.bytes())));
        float[] embedding = session.run(FloatBuffer.wrap(pixels), 1)[0];
        return new FrameTags(
                frame.stream(), frame.sequence(), frame.frameTime(), model, 0, tags(embedding));
    }

    private static BufferedImage read(byte[] jpeg) throws IOException {
        BufferedImage image =
                ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg)));
        if (image == null) {
            throw new IOException("no picture that javax.imageio knows");
        }
        return image;
    }

    /** Scaled until it covers the input, the middle cut out. */
    private BufferedImage resized(BufferedImage image) {
        double scale =
                Math.max((double) width / image.getWidth(), (double) height / image.getHeight());
        int scaledWidth = (int) Math.round(image.getWidth() * scale);
        int scaledHeight = (int) Math.round(image.getHeight() * scale);
        BufferedImage input = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = input.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(
                image,
                (width - scaledWidth) / 2,
                (height - scaledHeight) / 2,
                scaledWidth,
                scaledHeight,
                null);
        graphics.dispose();
        return input;
    }

    private float[] floats(BufferedImage image) {
        int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
        float[] planes = new float[3 * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            planes[i] = ((rgb[i] >> 16 & 255) / 255f - mean[0]) / std[0];
            planes[rgb.length + i] = ((rgb[i] >> 8 & 255) / 255f - mean[1]) / std[1];
            planes[2 * rgb.length + i] = ((rgb[i] & 255) / 255f - mean[2]) / std[2];
        }
        return planes;
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
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
