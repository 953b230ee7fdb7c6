package io.frametag.jobs.bench;

import io.frametag.models.bench.Contender;
import java.util.List;

/**
 * A running job at its limit. Frames are there before the measured ones and after them, so that the
 * measured stretch has neither the filling nor the emptying of the pipeline in it.
 *
 * @param frames measured each time, a multiple of {@code batch}
 */
record JobContender(String name, JobFeed feed, List<byte[]> jpegs, int batch, int frames)
        implements Contender {

    @Override
    public double framesPerSecond() throws Exception {
        int all = batch + frames + 2 * batch;
        for (int i = 0; i < all; i++) {
            feed.send(jpegs.get(i % jpegs.size()));
        }
        return rate(feed.await(all).stream().mapToLong(JobFeed.Arrival::millis).toArray());
    }

    /** From the last tags of the first batch to the last of the measured frames. */
    private double rate(long[] millis) {
        long elapsed = millis[batch + frames - 1] - millis[batch - 1];
        return 1000.0 * frames / Math.max(1, elapsed);
    }
}
