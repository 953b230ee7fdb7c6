package io.frametag.operators.account;

import io.frametag.operators.data.StreamReport;
import org.apache.flink.annotation.Internal;

/** One line in the account of a stream. */
@Internal
public sealed interface AccountEntry {

    /** Id of the stream. */
    String stream();

    /** A frame is on its way to the encoder; exactly one of the three below will follow. */
    record Entered(String stream, long frameTime) implements AccountEntry {}

    /** A frame got its tags. */
    record Tagged(String stream) implements AccountEntry {}

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
