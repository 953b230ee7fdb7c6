package io.frametag.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.frametag.operators.data.SampledOut;
import io.frametag.operators.data.StreamState;
import io.frametag.operators.data.StreamStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The status of a stream as a JSON object, the value of a record on the status topic; see {@code
 * docs/schemas/status.schema.json}. Thread-safe.
 */
@PublicEvolving
public final class StatusJson {

    private StatusJson() {}

    /** The status as one UTF-8 JSON object on one line, without a line end. */
    public static byte[] write(StreamStatus status) {
        return JsonRecord.write(json -> writeFields(json, status));
    }

    private static void writeFields(JsonGenerator json, StreamStatus status) throws IOException {
        json.writeStringField("stream", status.stream());
        json.writeNumberField("time", status.time());
        json.writeStringField("state", status.state().id());
        json.writeNumberField("in", status.in());
        json.writeNumberField("tagged", status.tagged());
        if (status.reused() > 0) {
            json.writeNumberField("reused", status.reused());
        }
        json.writeNumberField("sampledOut", status.sampledOut());
        if (status.sampledOut() > 0) {
            JsonRecord.writeCounts(json, "sampledOutBy", status.sampledOutBy());
        }
        JsonRecord.writeCounts(json, "dropped", status.dropped());
        JsonRecord.writeCounts(json, "failed", status.failed());
        json.writeNumberField("inFlight", status.inFlight());
        if (status.lastFrameTime() != null) {
            json.writeNumberField("lastFrameTime", status.lastFrameTime());
        }
        if (status.error() != null) {
            json.writeStringField("error", status.error());
        }
    }

    /**
     * Reads what {@link #write} gives; fields that are not known are passed over.
     *
     * @throws IOException where the bytes are no such record; says why in one line
     */
    public static StreamStatus read(byte[] bytes) throws IOException {
        JsonRecord json = JsonRecord.read("status record", bytes);
        Long reused = json.optionalWhole("reused");
        long sampledOut = json.whole("sampledOut");
        // Statuses of earlier releases don't say why; sampling went by the rate.
        Map<String, Long> byReason = json.optionalCounts("sampledOutBy");
        return new StreamStatus(
                json.text("stream"),
                json.whole("time"),
                state(json.text("state")),
                json.whole("in"),
                json.whole("tagged"),
                reused == null ? 0 : reused,
                byReason.isEmpty() ? SampledOut.of(SampledOut.RATE, sampledOut) : byReason,
                json.counts("dropped"),
                json.counts("failed"),
                json.whole("inFlight"),
                json.optionalWhole("lastFrameTime"),
                json.optionalText("error"));
    }

    private static StreamState state(String id) throws IOException {
        for (StreamState state : StreamState.values()) {
            if (state.id().equals(id)) {
                return state;
            }
        }
        throw new IOException(
                "status record: state ("
                        + Shown.value(id)
                        + ") must be one of "
                        + Arrays.stream(StreamState.values()).map(StreamState::id).toList());
    }
}
