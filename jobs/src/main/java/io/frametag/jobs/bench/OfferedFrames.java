package io.frametag.jobs.bench;

import io.frametag.models.picture.PictureCodec;
import io.frametag.operators.data.Delivery;
import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Frames of several streams in turn. Each is due at its time, whenever the job takes it: that is
 * its arrival, and its event time, so that what it waited at the source is part of its latency.
 */
final class OfferedFrames implements GeneratorFunction<Long, StreamItem> {

    private static final long serialVersionUID = 1L;

    private final byte[][] jpegs;
    private final int streams;
    private final double perSecond;
    private final Delivery delivery;

    private transient long startMillis;

    /**
     * @param perSecond of all streams together; infinity: each is due when the job takes it
     */
    OfferedFrames(byte[][] jpegs, int streams, double perSecond, Delivery delivery) {
        this.jpegs = jpegs;
        this.streams = streams;
        this.perSecond = perSecond;
        this.delivery = delivery;
    }

    @Override
    public void open(SourceReaderContext context) {
        startMillis = 0;
    }

    @Override
    public StreamItem map(Long number) {
        long now = System.currentTimeMillis();
        if (startMillis == 0) {
            startMillis = now;
        }
        boolean paced = !Double.isInfinite(perSecond);
        long due = paced ? startMillis + (long) (1000 * number / perSecond) : now;
        long arrival = Math.min(now, due);
        return Frame.compressed(
                        "cam" + number % streams,
                        number / streams,
                        arrival,
                        arrival,
                        PictureCodec.JPEG,
                        jpegs[(int) (number % jpegs.length)])
                .withDelivery(delivery);
    }
}
