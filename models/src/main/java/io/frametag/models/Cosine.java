package io.frametag.models;

/**
 * How alike embeddings are, which are of unit length: for comparisons, where precision matters and
 * speed does not. Thread-safe.
 */
public final class Cosine {

    private Cosine() {}

    /** The cosine between two embeddings of equal size, summed in double precision. */
    public static double of(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** Index of the embedding that is most alike; of equal ones, the first. */
    public static int nearest(float[] embedding, float[][] others) {
        int best = 0;
        for (int i = 1; i < others.length; i++) {
            best = of(embedding, others[i]) > of(embedding, others[best]) ? i : best;
        }
        return best;
    }
}
