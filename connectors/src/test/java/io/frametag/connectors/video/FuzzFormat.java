package io.frametag.connectors.video;

/** What is fuzzed: stills as the encoder's threads decode them, videos as streams play them. */
enum FuzzFormat {
    JPEG(""),
    PNG(""),
    WEBP(""),
    H264_KEYFRAME(""),
    HEVC_KEYFRAME(""),
    H264("h264"),
    HEVC("hevc"),
    MJPEG("mjpeg"),
    MP4("mp4"),
    TS("ts"),
    MKV("mkv");

    private final String extension;

    FuzzFormat(String extension) {
        this.extension = extension;
    }

    boolean isVideo() {
        return !extension.isEmpty();
    }

    /** Of its files, without the dot; empty for stills. */
    String extension() {
        return extension;
    }
}
