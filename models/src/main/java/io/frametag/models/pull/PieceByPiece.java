package io.frametag.models.pull;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that the reader takes piece by piece, each within a time. The JDK's own stream of a body
 * has no such bound: a server that falls silent would hold its reader for ever. One piece at most
 * is in memory. The client's thread puts, one reader takes; the reader closes.
 */
final class PieceByPiece implements BodySubscriber<PieceByPiece>, AutoCloseable {

    /** A piece, or an error, or with neither the end. */
    private record Event(@Nullable List<ByteBuffer> piece, @Nullable Throwable error) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private boolean asked;

    @Override
    public CompletionStage<PieceByPiece> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription.complete(newSubscription);
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        events.add(new Event(piece, null));
    }

    @Override
    public void onError(Throwable error) {
        events.add(new Event(null, error));
    }

    @Override
    public void onComplete() {
        events.add(new Event(null, null));
    }

    /**
     * Takes the next piece.
     *
     * @return null at the end of the body
     */
    @Nullable List<ByteBuffer> next(Duration timeout)
            throws TransferException, InterruptedException {
        if (!asked) {
            asked = true;
            subscription.thenAccept(s -> s.request(1));
        }
        Event event = events.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new TransferException("nothing came for " + timeout.toMillis() / 1000.0 + " s");
        }
        if (event.error() != null) {
            throw new TransferException("the connection broke off", event.error());
        }
        asked = false;
        return event.piece();
    }

    /** Gives up what has not come yet. */
    @Override
    public void close() {
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
