package io.frametag.connectors.video;

/** Reading a video was ended on request; nothing is wrong with the video. */
final class InterruptedVideoException extends Exception {

    private static final long serialVersionUID = 1L;

    InterruptedVideoException() {
        super("reading the video was interrupted");
    }
}
