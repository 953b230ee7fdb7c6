package io.frametag.operators.match;

import java.util.ArrayDeque;
import java.util.Queue;

/** Works on the calling thread: at once, or when the test says so. */
final class TestingEncodingThread implements EncodingThread {

    private static TestingEncodingThread given = new TestingEncodingThread();

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean atOnce = true;

    /** One that works when it is told to, and that {@link #given} gives from now on. */
    static TestingEncodingThread byHand() {
        given = new TestingEncodingThread();
        given.atOnce = false;
        return given;
    }

    /** For operators, which can hold no thread. */
    static EncodingThread given() {
        return given;
    }

    void runNext() {
        waiting.remove().run();
    }

    @Override
    public void execute(Runnable work) {
        if (atOnce) {
            work.run();
        } else {
            waiting.add(work);
        }
    }

    @Override
    public void close() {}
}
