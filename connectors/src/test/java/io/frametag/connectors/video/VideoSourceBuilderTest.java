package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frametag.operators.data.StreamItem;
import java.time.Instant;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VideoSourceBuilderTest {

    @Test
    void streamsAreNeededAndTheirIdsUnique() {
        assertThatThrownBy(() -> VideoSource.builder().build())
                .hasMessage(
                        "a video source needs at least one stream; add one with stream(id, uri)");
        assertThatThrownBy(
                        () ->
                                VideoSource.builder().stream("a", "1.mp4").stream("a", "2.mp4")
                                        .build())
                .hasMessageContaining("stream id (a) is given twice");
        assertThatThrownBy(() -> VideoSource.builder().stream(" ", "1.mp4").build())
                .hasMessageContaining("blank id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://me:secret@camera/stream",
                "concat:me|b.mp4",
                "data:video/mp4;base64,AAAA",
                "crypto:file:a.mp4",
                "gopher://me:secret@host/a"
            })
    void onlyKnownSchemesAreTakenAndPasswordsKeptQuiet(String uri) {
        assertThatThrownBy(() -> VideoSource.builder().stream("camera", uri).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not read")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aSourceWithACameraOrADirectoryIsUnbounded() {
        assertThat(VideoSource.builder().stream("a", "rtsp://host/a").build().getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(VideoSource.builder().directory(new TestingDirectory()).build().getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void aSourceIsBoundedUnlessItLoops() {
        assertThat(source(Playback.AS_FAST_AS_POSSIBLE).getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
        assertThat(source(Playback.REAL_TIME).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(source(Playback.REAL_TIME.loop(true)).getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void aSourceIsSerializableAndKnowsItsType() throws Exception {
        VideoSource source = source(Playback.AS_FAST_AS_POSSIBLE.startTime(Instant.EPOCH));

        VideoSource copy = InstantiationUtil.clone(source);

        assertThat(copy).hasToString(source.toString());
        assertThat(copy.toString()).contains("camera");
        assertThat(copy.getProducedType().getTypeClass()).isEqualTo(StreamItem.class);
        assertThat(copy.getProducedType()).isNotInstanceOf(GenericTypeInfo.class);
    }

    @Test
    void realTimeTakesNoStartTime() {
        assertThatThrownBy(() -> Playback.REAL_TIME.startTime(Instant.EPOCH))
                .hasMessageContaining("leave out the start time");
    }

    private static VideoSource source(Playback playback) {
        return VideoSource.builder().stream("camera", "file:///a.mp4").playback(playback).build();
    }
}
