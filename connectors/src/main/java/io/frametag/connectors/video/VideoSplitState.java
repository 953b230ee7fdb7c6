package io.frametag.connectors.video;

/** How far a stream has been emitted. For the task's thread. */
final class VideoSplitState {

    private final VideoSplit split;
    private VideoPosition position;

    VideoSplitState(VideoSplit split) {
        this.split = split;
        position = split.position();
    }

    void emitted(VideoRecord record) {
        position = record.after();
    }

    VideoSplit toSplit() {
        return split.at(position);
    }
}
