package io.frametag.connectors.video;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.jspecify.annotations.Nullable;

/** What FFmpeg is to open, how, and how to say what goes wrong with it. */
interface VideoInput {

    static VideoInput file(Path path) {
        return new FileInput(path);
    }

    /** For messages: without secrets. */
    String name();

    /** For FFmpeg: with secrets. */
    String url();

    /** The format, where it is known beforehand. */
    @Nullable AVInputFormat inputFormat() throws VideoException;

    /** What FFmpeg is told, all of which it must take. */
    Map<String, String> options();

    boolean isLive();

    /** Whether we fetch it ourselves, and FFmpeg reads from us. */
    boolean isHttp();

    /** Looks at the address that was opened in the end. */
    void checkOpened(String url) throws VideoException;

    /**
     * It could not be opened.
     *
     * @param code of FFmpeg
     * @param overdue whether it took too long
     */
    VideoException unopened(int code, boolean overdue);

    /** It was opened, and then gave no data. */
    VideoException silent();

    /** There are no streams in it. */
    VideoException empty();

    VideoException withoutVideo();

    /** What to say of its end; null where it is at its end as it should be. */
    @Nullable String ended(int code, boolean overdue);
}
