package io.frametag.models.conformance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The elements of one tensor of a synthetic checkpoint: numbers that anyone can compute from the
 * tensor's name and shape, so that encoders can be compared without published weights. SplitMix64
 * seeded by the name, scaled by the tensor's role.
 */
final class SyntheticWeights {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Role role;
    private final float range;

    private enum Role {
        LOGIT_SCALE,
        VARIANCE,
        SMALL,
        GAMMA,
        FULL,
        NEAR_ONE,
        WEIGHT
    }

    private SyntheticWeights(String name, List<Long> shape) {
        this.seed = seed(name);
        this.role = role(name, shape.size());
        this.range = role == Role.WEIGHT ? (float) Math.sqrt(3.0 / fan(name, shape)) : 0;
    }

    /** The elements of a tensor of float32. */
    static SyntheticWeights of(String name, List<Long> shape) {
        return new SyntheticWeights(name, shape);
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Role role(String name, int rank) {
        return switch (lastPart(name)) {
            case "logit_scale" -> Role.LOGIT_SCALE;
            case "running_var" -> Role.VARIANCE;
            case "running_mean", "positional_embedding" -> Role.SMALL;
            case "gamma" -> Role.GAMMA;
            case "bias", "in_proj_bias" -> Role.SMALL;
            default ->
                    name.endsWith("token_embedding.weight")
                            ? Role.FULL
                            : rank == 1 ? Role.NEAR_ONE : Role.WEIGHT;
        };
    }

    private static long fan(String name, List<Long> shape) {
        return lastPart(name).equals("text_projection")
                ? shape.get(0)
                : shape.stream().skip(1).reduce(1L, Math::multiplyExact);
    }

    private static long seed(String name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The element at that place in row-major order. */
    float at(long index) {
        float u = uniform(index);
        float s = 2 * u - 1;
        return switch (role) {
            case LOGIT_SCALE -> 4.6051702f;
            case VARIANCE -> 0.75f + 0.5f * u;
            case SMALL -> 0.1f * s;
            case GAMMA -> 0.2f + 0.2f * u;
            case FULL -> s;
            case NEAR_ONE -> 0.8f + 0.4f * u;
            case WEIGHT -> range * s;
        };
    }

    private float uniform(long index) {
        long z = seed + (index + 1) * STEP;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) * 0x1p-24f;
    }
}
