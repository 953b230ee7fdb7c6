package io.frametag.operators.account;

import io.frametag.operators.data.StreamReport;
import org.apache.flink.annotation.Internal;

/** One line in the account of a stream. */
@Internal
public sealed interface AccountEntry {

    /** Id of the stream. */
    String stream();

    /** A frame is on its way to the encoder; exactly one of the four below will follow. */
    record Entered(String stream, long frameTime) implements AccountEntry {}

    /**
     * A frame got its tags.
     *
     * @param reused whether by the embedding of another frame that looks the same
     */
    record Tagged(String stream, boolean reused) implements AccountEntry {

        /** By an embedding of its own. */
        public Tagged(String stream) {
            this(stream, false);
        }
    }

    /** A frame was left out by the sampling after a look at its picture. */
    record SampledOut(String stream, String reason) implements AccountEntry {}

    /** A frame was lost, for a short fixed reason. */
    record Dropped(String stream, String reason) implements AccountEntry {}

    /** A frame could not be processed, for a short fixed reason. */
    record Failed(String stream, String reason) implements AccountEntry {}

    /** The source, or the sampling, has said something of the stream. */
    record Reported(StreamReport report) implements AccountEntry {

        @Override
        public String stream() {
            return report.stream();
        }
    }
}
