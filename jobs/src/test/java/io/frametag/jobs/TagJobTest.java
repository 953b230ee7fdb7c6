package io.frametag.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.frametag.connectors.video.VideoSource;
import io.frametag.operators.FrameTagger;
import io.frametag.operators.sample.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagJobTest {

    @TempDir private Path folder;

    @Test
    void framesOfVideosFoldersAndCamerasReachTheEncodersWithinTheirChain() {
        StreamExecutionEnvironment env = EmbeddedFlink.environment(3, folder);
        VideoSource source =
                VideoSource.builder().stream("video", "a.mp4").stream("pictures", "watch:/in")
                        .stream("camera", "rtsp://127.0.0.1/1")
                        .sampling(new Sampling(2))
                        .build();
        FrameTagger tagger = FrameTagger.builder().model("nano").build();
        TagJob job = new TagJob(env, tagger).source("videos", source, 2);
        job.build(job.fixedPrompts(List.of())).streams().tags().print();

        List<String> vertices = new ArrayList<>();
        for (JobVertex vertex : env.getStreamGraph().getJobGraph().getVertices()) {
            vertices.add(vertex.getName());
        }

        assertThat(vertices)
                .filteredOn(name -> name.contains("Encode frames"))
                .singleElement()
                .asString()
                .startsWith("Source: videos");
    }
}
