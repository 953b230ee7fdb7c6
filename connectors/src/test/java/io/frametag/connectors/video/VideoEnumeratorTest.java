package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VideoEnumeratorTest {

    private final TestingEnumeratorContext context = new TestingEnumeratorContext(3);

    @Test
    void everyReaderGetsAsManyStreamsAsAnyOtherGiveOrTakeOne() throws Exception {
        try (VideoEnumerator enumerator = create(8)) {
            IntStream.of(2, 0, 1).forEach(reader -> register(enumerator, reader));

            assertThat(context.assignedTo(0)).containsExactly("camera0", "camera3", "camera6");
            assertThat(context.assignedTo(1)).containsExactly("camera1", "camera4", "camera7");
            assertThat(context.assignedTo(2)).containsExactly("camera2", "camera5");
            assertThat(context.toldNoMore()).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(enumerator.snapshotState(1).waiting()).isEmpty();
        }
    }

    @Test
    void whatAFailedReaderHadGoesToTheOneInItsPlace() throws Exception {
        try (VideoEnumerator enumerator = create(3)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));
            VideoSplit lost = split(1).at(VideoPosition.START.asOpened());
            context.unregister(1);
            enumerator.addSplitsBack(List.of(lost), 1);
            assertThat(enumerator.snapshotState(1).waiting()).containsExactly(lost);

            register(enumerator, 1);

            assertThat(context.assignedTo(1)).containsExactly("camera1", "camera1");
            assertThat(enumerator.snapshotState(2).waiting()).isEmpty();
        }
    }

    @Test
    void aRestoredJobReadsEachStreamOnceAndNewOnesToo() throws Exception {
        VideoEnumeratorState state;
        try (VideoEnumerator enumerator = create(3)) {
            register(enumerator, 0);
            state = enumerator.snapshotState(1);
        }
        assertThat(state.waiting())
                .extracting(VideoSplit::splitId)
                .containsExactly("camera1", "camera2");
        TestingEnumeratorContext later = new TestingEnumeratorContext(1);
        try (var enumerator = source(4).restoreEnumerator(later, state)) {
            later.register(0);
            enumerator.addReader(0);

            assertThat(later.assignedTo(0)).containsExactly("camera1", "camera2", "camera3");
        }
    }

    @Test
    void aReaderWithoutAStreamIsToldThatNoneWillCome() throws Exception {
        try (VideoEnumerator enumerator = create(1)) {
            register(enumerator, 2);

            assertThat(context.assignedTo(2)).isEmpty();
            assertThat(context.toldNoMore()).containsExactly(2);
        }
    }

    private VideoEnumerator create(int streams) {
        return (VideoEnumerator) source(streams).createEnumerator(context);
    }

    private void register(VideoEnumerator enumerator, int reader) {
        context.register(reader);
        enumerator.addReader(reader);
    }

    private static VideoSource source(int streams) {
        VideoSourceBuilder builder = VideoSource.builder();
        for (int i = 0; i < streams; i++) {
            builder.stream("camera" + i, i + ".mp4");
        }
        return builder.build();
    }

    private static VideoSplit split(int number) {
        return new VideoSplit("camera" + number, number + ".mp4", VideoPosition.START);
    }
}
