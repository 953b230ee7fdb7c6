package io.frametag.models;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ONNX Runtime session of one input that may be run by many threads and closed by any.
 *
 * <p>The native session crashes the process when it is closed during a run. So runs in flight are
 * counted, {@link #close} waits for them, then tells them to stop, and would rather leak the
 * session than free it under a run. The environment is the process's own and never closed here.
 */
final class OnnxSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxSession.class);

    private final String what;
    private final OrtSession session;
    private final String inputName;
    private final TensorInfo inputInfo;
    private final String outputName;
    private final int embeddingSize;
    private final Duration closeTimeout;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition drained = lock.newCondition();
    private final Set<OrtSession.RunOptions> running = new HashSet<>();
    private boolean closed;

    /** Makes the input tensor of a run; the run closes it. */
    interface InputTensor {
        OnnxTensor create(OrtEnvironment environment) throws OrtException;
    }

    private OnnxSession(String what, OrtSession session, int embeddingSize, Duration closeTimeout)
            throws OrtException, ModelException {
        this.what = what;
        this.session = session;
        this.embeddingSize = embeddingSize;
        this.closeTimeout = closeTimeout;
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() != 1) {
            throw new ModelException(
                    what + " must have one input, has " + inputs.keySet() + "; export it so");
        }
        NodeInfo input = inputs.values().iterator().next();
        if (!(input.getInfo() instanceof TensorInfo info)) {
            throw new ModelException(what + " must take a tensor; export it so");
        }
        this.inputName = input.getName();
        this.inputInfo = info;
        this.outputName = embeddingOutput(session.getOutputInfo());
    }

    private String embeddingOutput(Map<String, NodeInfo> outputs) throws ModelException {
        for (NodeInfo output : outputs.values()) {
            if (output.getInfo() instanceof TensorInfo info && isEmbedding(info.getShape())) {
                return output.getName();
            }
        }
        throw new ModelException(
                "%s has no output of shape [batch, %d] among %s; correct embeddingSize in model.json"
                        .formatted(what, embeddingSize, outputs.keySet()));
    }

    private boolean isEmbedding(long[] shape) {
        return shape.length == 2 && (shape[1] == embeddingSize || shape[1] < 0);
    }

    static OnnxSession open(String what, Path graph, int embeddingSize, EncoderOptions options)
            throws ModelException {
        OrtEnvironment environment =
                DeepStack.call("open-onnxruntime", OrtEnvironment::getEnvironment);
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            environment.setTelemetry(false);
            settings.setIntraOpNumThreads(options.intraOpThreads());
            // It would set aside one block for the whole run, per batch size and lane; without it a
            // run takes as long and a process with an int8 model a fifth less memory.
            settings.setMemoryPatternOptimization(false);
            settings.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            settings.addConfigEntry(
                    "session.intra_op.allow_spinning", options.spinning() ? "1" : "0");
            new SessionProvider(options).addTo(settings, graph);
            OrtSession session = environment.createSession(graph.toString(), settings);
            try {
                return new OnnxSession(what, session, embeddingSize, options.closeTimeout());
            } catch (OrtException | ModelException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new ModelException(
                    graph + " can't be loaded: " + oneLine(e) + "; import the model again", e);
        }
    }

    TensorInfo inputInfo() {
        return inputInfo;
    }

    /**
     * Runs the session; called by any thread.
     *
     * @return count rows of unit length
     * @throws IllegalStateException if the session is closed
     */
    float[][] run(InputTensor input, int count) throws ModelException {
        try (OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            enter(options);
            try {
                return runEntered(input, count, options);
            } finally {
                leave(options);
            }
        } catch (OrtException e) {
            throw new ModelException(what + " failed: " + oneLine(e), e);
        }
    }

    private float[][] runEntered(InputTensor input, int count, OrtSession.RunOptions options)
            throws OrtException, ModelException {
        try (OnnxTensor tensor = input.create(OrtEnvironment.getEnvironment());
                OrtSession.Result result =
                        session.run(Map.of(inputName, tensor), Set.of(outputName), options)) {
            OnnxValue value = result.get(0);
            if (!(value instanceof OnnxTensor output)
                    || output.getInfo().getNumElements() != (long) count * embeddingSize) {
                throw new ModelException(
                        what + " gave " + value.getInfo() + " for " + count + " inputs");
            }
            return unitRows(output.getFloatBuffer(), count);
        }
    }

    private void enter(OrtSession.RunOptions options) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(what + " is closed");
            }
            running.add(options);
        } finally {
            lock.unlock();
        }
    }

    private void leave(OrtSession.RunOptions options) {
        lock.lock();
        try {
            running.remove(options);
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private float[][] unitRows(FloatBuffer values, int count) throws ModelException {
        float[][] rows = new float[count][embeddingSize];
        for (float[] row : rows) {
            values.get(row);
            double squares = 0;
            for (float v : row) {
                squares += (double) v * v;
            }
            if (!(squares > 0) || Double.isInfinite(squares)) {
                throw new ModelException(
                        what + " gave an embedding without a direction (all zero or not a number)");
            }
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = 0; i < row.length; i++) {
                row[i] *= scale;
            }
        }
        return rows;
    }

    /**
     * Refuses new runs, waits for those in flight and frees the session. Idempotent: a second call
     * waits for nothing. Waits at most twice the close timeout.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (!awaitDrained()) {
                terminateRuns();
                if (!awaitDrained()) {
                    LOG.error("{} still runs after {}; its memory is leaked", what, closeTimeout);
                    return;
                }
            }
            session.close();
        } catch (OrtException e) {
            LOG.warn("{} did not close cleanly: {}", what, oneLine(e));
        } finally {
            lock.unlock();
        }
    }

    private void terminateRuns() throws OrtException {
        for (OrtSession.RunOptions options : running) {
            options.setTerminate(true);
        }
    }

    /** Waits without heed to interrupts, since a cancelled task must still free native memory. */
    private boolean awaitDrained() {
        boolean interrupted = Thread.interrupted();
        long remaining = closeTimeout.toNanos();
        while (!running.isEmpty() && remaining > 0) {
            try {
                remaining = drained.awaitNanos(remaining);
            } catch (InterruptedException e) {
                interrupted = true;
                remaining = Math.min(remaining, TimeUnit.SECONDS.toNanos(1));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return running.isEmpty();
    }

    static String oneLine(OrtException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
