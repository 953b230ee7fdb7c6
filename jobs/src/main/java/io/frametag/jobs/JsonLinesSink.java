package io.frametag.jobs;

import io.frametag.connectors.json.TagsJson;
import io.frametag.operators.data.FrameTags;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.jspecify.annotations.Nullable;

/**
 * Tags as lines of JSON in one file or on standard output, for jobs that run in the process of the
 * command line; of parallelism 1. Each line is written at once and whole, so the file is valid
 * whenever the process ends. No guarantee beyond the life of the process: after a restart from a
 * checkpoint, frames may be there twice.
 */
public final class JsonLinesSink implements Sink<FrameTags> {

    private static final long serialVersionUID = 1L;

    private final @Nullable String file;

    private JsonLinesSink(@Nullable String file) {
        this.file = file;
    }

    /** Writes a file anew. */
    public static JsonLinesSink toFile(String file) {
        return new JsonLinesSink(file);
    }

    /** Writes to the standard output of the process. */
    public static JsonLinesSink toStandardOutput() {
        return new JsonLinesSink(null);
    }

    @Override
    public SinkWriter<FrameTags> createWriter(WriterInitContext context) throws IOException {
        // Not System.out, which would keep quiet about a reader that is gone.
        return new Writer(
                file == null
                        ? new FileOutputStream(FileDescriptor.out)
                        : new FileOutputStream(file),
                file != null);
    }

    /** Used by the task thread alone; owns the file. */
    private static final class Writer implements SinkWriter<FrameTags> {

        private final OutputStream out;
        private final boolean ownsOut;

        private Writer(OutputStream out, boolean ownsOut) {
            this.out = out;
            this.ownsOut = ownsOut;
        }

        @Override
        public void write(FrameTags tags, Context context) throws IOException {
            byte[] json = TagsJson.write(tags);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            out.write(line);
        }

        @Override
        public void flush(boolean endOfInput) {
            // Nothing is held back.
        }

        @Override
        public void close() throws IOException {
            if (ownsOut) {
                out.close();
            }
        }
    }
}
