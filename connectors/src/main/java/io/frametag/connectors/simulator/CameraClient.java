package io.frametag.connectors.simulator;

/** Someone connected to a camera, as the camera's faults see it. From any thread. */
interface CameraClient {

    boolean isPlaying();

    /** Closes the connection. */
    void close();

    /** Closes the connection with a reset. */
    void reset();

    /** Ends the stream in order. */
    void end();
}
