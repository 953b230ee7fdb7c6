package io.frametag.jobs.tag;

import io.frametag.operators.data.Frame;
import io.frametag.operators.data.StreamItem;
import io.frametag.operators.data.StreamReport;
import io.frametag.operators.data.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Picture files as streams of one frame, of event time 0. Runs on the task thread. */
final class PictureItems implements FlatMapFunction<Tuple2<String, String>, StreamItem> {

    private static final long serialVersionUID = 1L;

    /** Far above any picture that passes the limit on pixels. */
    private static final long MAX_BYTES = 256L << 20;

    private PictureItems() {}

    static DataStream<StreamItem> of(StreamExecutionEnvironment env, List<TagSource> pictures) {
        List<Tuple2<String, String>> files =
                pictures.stream().map(p -> Tuple2.of(p.stream(), p.location())).toList();
        return env.fromData(files, Types.TUPLE(Types.STRING, Types.STRING))
                .setParallelism(1)
                .uid("pictures")
                .flatMap(new PictureItems())
                .returns(TypeInformation.of(StreamItem.class))
                .setParallelism(1)
                .uid("read-pictures");
    }

    @Override
    public void flatMap(Tuple2<String, String> picture, Collector<StreamItem> out) {
        long now = System.currentTimeMillis();
        Path file = Path.of(picture.f1);
        try {
            if (Files.size(file) > MAX_BYTES) {
                out.collect(refused(picture.f0, now, file + " is larger than 256 MiB"));
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            out.collect(Frame.compressed(picture.f0, 0, 0, now, null, bytes));
            out.collect(report(picture.f0, now, StreamState.ENDED, null));
        } catch (IOException e) {
            out.collect(refused(picture.f0, now, file + " can't be read (" + e + ")"));
        }
    }

    private static StreamReport refused(String stream, long time, String error) {
        return report(stream, time, StreamState.REFUSED, error);
    }

    private static StreamReport report(
            String stream, long time, StreamState state, @Nullable String error) {
        return new StreamReport(stream, time, state, 0, Map.of(), Map.of(), error);
    }
}
