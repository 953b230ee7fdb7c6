package io.frametag.connectors.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
    void nothingIsHandedOutBeforeAllReadersAreThere() throws Exception {
        try (VideoEnumerator enumerator = create(3)) {
            register(enumerator, 0);
            register(enumerator, 2);

            assertThat(context.assignedTo(0)).isEmpty();
            assertThat(enumerator.snapshotState(1).waiting()).isEmpty();

            register(enumerator, 1);

            assertThat(context.assignedTo(0)).containsExactly("camera0");
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
    void aReaderThatIsRestoredAloneGoesOnWithItsOwn() throws Exception {
        try (VideoEnumerator enumerator = create(6)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));
            context.unregister(1);
            enumerator.addSplitsBack(List.of(), 1);
            context.register(1, split(1), split(4));
            enumerator.addReader(1);

            assertThat(context.assignedTo(1))
                    .containsExactly("camera1", "camera4", "camera1", "camera4");
        }
    }

    @Test
    void aRestoredJobSpreadsItsStreamsAnewAndReadsEachOnce() throws Exception {
        VideoEnumeratorState state;
        try (VideoEnumerator enumerator = create(3)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));
            state = enumerator.snapshotState(1);
        }
        TestingEnumeratorContext later = new TestingEnumeratorContext(2);
        try (var enumerator = source(4).restoreEnumerator(later, state)) {
            enumerator.start();
            later.register(0, split(0), split(1), split(2));
            enumerator.addReader(0);
            assertThat(enumerator.snapshotState(2).waiting())
                    .as("what readers report is in the next checkpoint")
                    .hasSize(3);
            later.register(1);
            enumerator.addReader(1);

            assertThat(later.assignedTo(0)).containsExactly("camera0", "camera2");
            assertThat(later.assignedTo(1)).containsExactly("camera1", "camera3");
        }
    }

    @Test
    void aReaderWithoutAStreamIsToldThatNoneWillCome() throws Exception {
        try (VideoEnumerator enumerator = create(1)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));

            assertThat(context.assignedTo(2)).isEmpty();
            assertThat(context.toldNoMore()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void streamsComeAndGoAsTheDirectorySays() throws Exception {
        TestingDirectory directory = new TestingDirectory();
        directory.list(stream(1), stream(2));
        try (VideoEnumerator enumerator = listening(directory)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));
            context.runCallable();
            assertThat(context.assignedTo(0)).containsExactly("fixed");
            assertThat(context.assignedTo(1)).containsExactly("camera1");
            assertThat(context.assignedTo(2)).containsExactly("camera2");
            assertThat(context.toldNoMore()).isEmpty();

            directory.list(stream(2), stream(3));
            context.runCallable();
            context.runCallable();
            assertThat(context.toldToEnd()).containsExactly("camera1 at 1");
            enumerator.handleSourceEvent(1, new StreamEndedEvent("camera1", 9));
            assertThat(context.assignedTo(0)).as("the new one").contains("camera3");

            directory.list(stream(1), stream(2), stream(3));
            context.runCallable();
            assertThat(context.assignedTo(1)).as("it has fewest").hasSize(2);
            assertThat(enumerator.snapshotState(1).known())
                    .containsExactlyInAnyOrder("fixed", "camera1", "camera2", "camera3");
        }
        assertThat(directory.isClosed()).isTrue();
    }

    @Test
    void aChangedStreamStartsAgainWithItsNumbersGoingOn() throws Exception {
        TestingDirectory directory = new TestingDirectory();
        directory.list(stream(1));
        try (VideoEnumerator enumerator = listening(directory)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));
            context.runCallable();
            directory.list(VideoStream.of("camera1", "elsewhere.mp4"));
            context.runCallable();
            assertThat(context.toldToEnd()).containsExactly("camera1 at 1");

            enumerator.handleSourceEvent(1, new StreamEndedEvent("camera1", 9));

            assertThat(context.lastAssigned().uri()).isEqualTo("elsewhere.mp4");
            assertThat(context.lastAssigned().nextSequence()).isEqualTo(9);
            assertThat(context.lastAssigned().position().frameInPass()).isZero();
        }
    }

    @Test
    void aStreamThatEndedOfItselfStaysEndedUntilItChanges() throws Exception {
        TestingDirectory directory = new TestingDirectory();
        directory.list(stream(1));
        try (VideoEnumerator enumerator = listening(directory)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));
            context.runCallable();
            enumerator.handleSourceEvent(1, new StreamEndedEvent("camera1", 7));
            context.runCallable();
            assertThat(context.assignedTo(1)).containsExactly("camera1");

            directory.list(stream(1).keyframesOnly(true));
            context.runCallable();

            assertThat(context.assignedTo(1)).containsExactly("camera1", "camera1");
            assertThat(context.lastAssigned().nextSequence()).isEqualTo(7);
            assertThat(context.toldToEnd()).isEmpty();
        }
    }

    @Test
    void aDirectoryThatCannotBeReadChangesNothing() throws Exception {
        TestingDirectory directory = new TestingDirectory();
        directory.list(stream(1));
        try (VideoEnumerator enumerator = listening(directory)) {
            IntStream.range(0, 3).forEach(reader -> register(enumerator, reader));
            context.runCallable();
            directory.fail();
            context.runCallable();

            assertThat(context.toldToEnd()).isEmpty();
            assertThat(enumerator.snapshotState(1).known()).contains("camera1", "fixed");
        }
    }

    @Test
    void aStreamThatWasTakenOffTheListDuringARestartIsEndedAfterIt() throws Exception {
        TestingDirectory directory = new TestingDirectory();
        VideoEnumeratorState state =
                new VideoEnumeratorState(
                        List.of(),
                        Set.of("camera1", "camera2"),
                        Map.of("camera1", stream(1), "camera2", stream(2)),
                        Map.of());
        directory.list(VideoStream.of("camera2", "elsewhere.mp4"));
        try (var enumerator =
                VideoSource.builder()
                        .directory(directory)
                        .build()
                        .restoreEnumerator(context, state)) {
            enumerator.start();
            context.register(0, split(1).at(VideoPosition.START.asOpened()), split(2));
            context.register(1);
            context.register(2);
            IntStream.range(0, 3).forEach(enumerator::addReader);
            assertThat(context.assignedTo(0)).as("before the list is read").isEmpty();
            context.runCallable();

            assertThat(context.assignedTo(0)).containsExactly("camera1");
            assertThat(context.toldToEnd()).containsExactly("camera1 at 0");
            assertThat(context.lastAssigned().uri()).isEqualTo("elsewhere.mp4");
        }
    }

    private VideoEnumerator listening(TestingDirectory directory) {
        VideoEnumerator enumerator =
                (VideoEnumerator)
                        VideoSource.builder().stream("fixed", "fixed.mp4")
                                .directory(directory)
                                .build()
                                .createEnumerator(context);
        enumerator.start();
        return enumerator;
    }

    private static VideoStream stream(int number) {
        return VideoStream.of("camera" + number, number + ".mp4");
    }

    private VideoEnumerator create(int streams) {
        VideoEnumerator enumerator = (VideoEnumerator) source(streams).createEnumerator(context);
        enumerator.start();
        return enumerator;
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
        return new VideoSplit(
                VideoStream.of("camera" + number, number + ".mp4"), VideoPosition.START);
    }
}
