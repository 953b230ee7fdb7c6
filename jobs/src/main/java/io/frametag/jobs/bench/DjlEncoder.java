package io.frametag.jobs.bench;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;

/**
 * DJL with its ONNX Runtime engine: a translator from picture to tensor and a predictor. That
 * engine has no operations on tensors, so that pictures are prepared in Java. Owns model and
 * predictor.
 */
final class DjlEncoder implements UsualEncoder {

    private static final String ENGINE = "OnnxRuntime";

    private final ZooModel<byte[], float[]> model;
    private final Predictor<byte[], float[]> predictor;

    private DjlEncoder(ZooModel<byte[], float[]> model) {
        this.model = model;
        this.predictor = model.newPredictor();
    }

    /**
     * Lets DJL make the process's ONNX Runtime environment: it insists on that, so it must come
     * before anything else that runs a model.
     */
    static void prepare() {
        // Or DJL reports its use to its makers. The process is the benchmark's own.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Engine.getEngine(ENGINE);
    }

    static DjlEncoder open(UsualModel model)
            throws ModelNotFoundException, MalformedModelException, IOException {
        String file = model.graphFile().getFileName().toString();
        return new DjlEncoder(
                Criteria.builder()
                        .setTypes(byte[].class, float[].class)
                        .optEngine(ENGINE)
                        .optModelPath(model.graphFile().getParent())
                        .optModelName(file.substring(0, file.lastIndexOf('.')))
                        .optTranslator(new Translation(model))
                        .build()
                        .loadModel());
    }

    @Override
    public float[] encode(byte[] jpeg) throws TranslateException {
        return predictor.predict(jpeg);
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private record Translation(UsualModel model) implements NoBatchifyTranslator<byte[], float[]> {

        @Override
        public NDList processInput(TranslatorContext context, byte[] jpeg) throws IOException {
            Shape shape = new Shape(1, 3, model.height(), model.width());
            return new NDList(
                    context.getNDManager().create(UsualPictures.input(jpeg, model), shape));
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList output) {
            return output.singletonOrThrow().toFloatArray();
        }
    }
}
