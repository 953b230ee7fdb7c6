package io.frametag.models.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.frametag.models.ImageSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureDecoderTest {

    @TempDir Path folder;

    private final PictureDecoder decoder = new PictureDecoder();

    @AfterEach
    void close() {
        decoder.close();
        decoder.close();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,5", "64,48", "333,257"})
    void pngIsExact(int width, int height) throws Exception {
        Picture picture = TestingPictures.noise(width, height, 1);
        Path file = folder.resolve("picture.png");
        PngWriter.write(picture, file);

        Picture decoded = decoder.decode(Files.readAllBytes(file), null);

        assertThat(decoded.rgb()).isEqualTo(picture.rgb());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_USHORT_GRAY
            })
    void greyAndPalettesBecomeRgb(int type) throws Exception {
        BufferedImage image = new BufferedImage(37, 21, type);
        Random random = new Random(5);
        for (int y = 0; y < 21; y++) {
            for (int x = 0; x < 37; x++) {
                image.setRGB(x, y, random.nextInt() | 0xFF000000);
            }
        }
        Picture decoded = decoder.decode(png(image), PictureCodec.PNG);

        for (int y = 0; y < 21; y++) {
            for (int x = 0; x < 37; x++) {
                int[] sample = image.getRaster().getPixel(x, y, (int[]) null);
                int red = decoded.rgb()[3 * (y * 37 + x)] & 0xFF;
                assertThat(red).isEqualTo(red(image, type, x, y, sample[0]));
            }
        }
    }

    private static int red(BufferedImage image, int type, int x, int y, int sample) {
        return switch (type) {
            case BufferedImage.TYPE_BYTE_GRAY -> sample;
            case BufferedImage.TYPE_USHORT_GRAY -> sample >> 8;
            default -> (image.getRGB(x, y) >> 16) & 0xFF;
        };
    }

    @Test
    void transparencyIsDroppedNotBlended() throws Exception {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00C86432);
        image.setRGB(1, 0, 0x80010203);

        assertThat(decoder.decode(png(image), null).rgb())
                .containsExactly(0xC8, 0x64, 0x32, 1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "640,480,320,240,320,240",
        "640,480,321,240,640,480",
        "640,480,256,256,640,480",
        "640,480,240,240,320,240",
        "1024,1024,256,256,256,256",
        "1024,1024,64,64,128,128",
        "333,257,100,100,167,129",
        "40,30,64,64,40,30"
    })
    void aReducedPictureStillCoversTheModelsInput(
            int width, int height, int leastWidth, int leastHeight, int becomes, int high)
            throws Exception {
        byte[] jpeg = jpeg(TestingPictures.gradient(width, height));
        ImageSize least = new ImageSize(leastWidth, leastHeight);
        try (PictureDecoder reduced = PictureDecoder.reduced(PictureLimits.defaults(), least)) {
            Picture small = reduced.decode(jpeg, null);
            assertThat(small.width()).isEqualTo(becomes);
            assertThat(small.height()).isEqualTo(high);
            Preprocessor preprocessor =
                    new Preprocessor(
                            new Preprocessing(
                                    least,
                                    Resampling.BILINEAR,
                                    List.of(0f, 0f, 0f),
                                    List.of(1f, 1f, 1f)));
            Picture seen = preprocessor.crop(small);
            Picture expected = preprocessor.crop(decoder.decode(jpeg, null));
            assertThat(TestingPictures.meanAbsoluteDifference(seen, expected)).isLessThan(1.5);
        }
    }

    @ParameterizedTest
    @CsvSource({"640,480", "333,257", "1023,64", "70,700"})
    void aCropOfJpegIsCloseToTheExactOne(int width, int height) throws Exception {
        Preprocessor preprocessor = preprocessor(32);
        byte[] jpeg = jpeg(TestingPictures.gradient(width, height));

        Picture crop = decoder.crop(jpeg, PictureCodec.JPEG, preprocessor);

        Picture exact = preprocessor.crop(decoder.decode(jpeg, null));
        assertThat(TestingPictures.meanAbsoluteDifference(crop, exact)).isBetween(1e-4, 0.25);
        ImageSize least = new ImageSize(32, 32);
        try (PictureDecoder reduced = PictureDecoder.reduced(PictureLimits.defaults(), least)) {
            Picture expected = preprocessor.crop(reduced.decode(jpeg, null));
            Picture cheap = reduced.crop(jpeg, null, preprocessor);
            assertThat(TestingPictures.meanAbsoluteDifference(cheap, expected)).isLessThan(0.6);
        }
    }

    @Test
    void cropsOfSmallPicturesAndOfOtherCodecsAreExact() throws Exception {
        Picture noise = TestingPictures.noise(90, 60, 4);
        Picture small = TestingPictures.noise(40, 36, 4);
        Preprocessor preprocessor = preprocessor(32);

        for (byte[] bytes : List.of(png(image(noise)), jpeg(small))) {
            Picture exact = preprocessor.crop(decoder.decode(bytes, null));
            assertThat(decoder.crop(bytes, null, preprocessor).rgb()).isEqualTo(exact.rgb());
        }
    }

    @Test
    void aCropOfAnH264KeyframeIsCloseToTheExactOne() throws Exception {
        // All grey: there swscale has nothing to cut down of its colours.
        byte[] keyframe = TestingKeyframes.h264(128, 96);
        Preprocessor preprocessor = preprocessor(32);

        Picture crop = decoder.crop(keyframe, PictureCodec.H264, preprocessor);

        Picture exact = preprocessor.crop(decoder.decode(keyframe, null));
        assertThat(TestingPictures.meanAbsoluteDifference(crop, exact)).isBetween(1e-4, 0.4);
    }

    @Test
    void cropsRefuseWhatDecodingRefuses() throws Exception {
        byte[] jpeg = jpeg(TestingPictures.noise(200, 160, 2));
        Preprocessor preprocessor = preprocessor(32);
        for (int length : new int[] {0, 12, 400, jpeg.length / 2, jpeg.length - 20}) {
            byte[] cut = Arrays.copyOf(jpeg, length);
            PictureException expected = refusal(cut, null);
            assertThatThrownBy(() -> decoder.crop(cut, null, preprocessor))
                    .isInstanceOf(PictureException.class)
                    .hasMessage(expected.getMessage());
        }
        assertThat(decoder.crop(jpeg, null, preprocessor).width()).isEqualTo(32);
        try (PictureDecoder narrow = new PictureDecoder(new PictureLimits(31_999))) {
            assertThatThrownBy(() -> narrow.crop(jpeg, null, preprocessor))
                    .hasMessageContaining("200x160");
        }
    }

    private static Preprocessor preprocessor(int side) {
        return new Preprocessor(
                new Preprocessing(
                        new ImageSize(side, side),
                        Resampling.BILINEAR,
                        List.of(0f, 0f, 0f),
                        List.of(1f, 1f, 1f)));
    }

    @Test
    void whatCanNotBeReducedIsDecodedInFull() throws Exception {
        Picture picture = TestingPictures.gradient(64, 48);
        Path file = folder.resolve("picture.png");
        PngWriter.write(picture, file);
        ImageSize least = new ImageSize(8, 8);
        try (PictureDecoder reduced = PictureDecoder.reduced(PictureLimits.defaults(), least)) {
            assertThat(reduced.decode(Files.readAllBytes(file), null).rgb())
                    .isEqualTo(picture.rgb());
        }
    }

    @Test
    void theLimitCountsTheFullPictureAndDamageIsFoundInReducedOnes() {
        byte[] jpeg = jpeg(TestingPictures.noise(640, 480, 1));
        ImageSize least = new ImageSize(64, 64);
        try (PictureDecoder reduced = PictureDecoder.reduced(new PictureLimits(300_000), least)) {
            assertThat(
                            catchThrowableOfType(
                                            PictureException.class,
                                            () -> reduced.decode(jpeg, null))
                                    .reason())
                    .isEqualTo("too-large");
        }
        Arrays.fill(jpeg, jpeg.length / 2, jpeg.length / 2 + 200, (byte) 0xFF);
        try (PictureDecoder reduced = PictureDecoder.reduced(PictureLimits.defaults(), least)) {
            assertThat(
                            catchThrowableOfType(
                                            PictureException.class,
                                            () -> reduced.decode(jpeg, null))
                                    .reason())
                    .isEqualTo("corrupt");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20_000, 60_000})
    void hugePicturesAreRefusedByTheirHeaders(long side) {
        PictureException png = refusal(pngHeader((int) side, (int) side), PictureCodec.PNG);

        assertThat(png.reason()).isEqualTo("too-large");
        assertThat(png)
                .hasMessageContaining(side + "x" + side)
                .hasMessageContaining("100000000")
                .hasMessageContaining("shrink it");
    }

    @Test
    void theLimitIsTheCallers() throws Exception {
        byte[] jpeg = jpeg(TestingPictures.gradient(40, 30));
        try (PictureDecoder narrow = new PictureDecoder(new PictureLimits(1199));
                PictureDecoder wide = new PictureDecoder(new PictureLimits(1200))) {
            assertThat(wide.decode(jpeg, null).width()).isEqualTo(40);
            PictureException refused =
                    catchThrowableOfType(PictureException.class, () -> narrow.decode(jpeg, null));
            assertThat(refused.reason()).isEqualTo("too-large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void everyPictureCutShortIsCorrupt(String format) throws Exception {
        Picture picture = TestingPictures.noise(60, 45, 2);
        byte[] whole = format.equals("png") ? png(image(picture)) : jpeg(picture);
        for (int length = 12; length < whole.length - 13; length += 1 + whole.length / 97) {
            PictureException refused = refusal(Arrays.copyOf(whole, length), null);
            assertThat(refused.reason()).as("%d bytes", length).isEqualTo("corrupt");
            assertThat(refused.getMessage()).doesNotContain("\n");
        }
        assertThat(decoder.decode(whole, null).width()).isEqualTo(60);
    }

    @Test
    void whatIsNoPictureIsRefused() {
        byte[] text = "This is no picture.".getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(new byte[0], null).reason()).isEqualTo("empty");
        assertThat(refusal(text, null).reason()).isEqualTo("unsupported");
        assertThat(refusal(text, PictureCodec.JPEG).reason()).isEqualTo("corrupt");
        assertThat(refusal(text, PictureCodec.H264).reason()).isEqualTo("corrupt");
        assertThat(refusal(text, PictureCodec.HEVC).reason()).isEqualTo("corrupt");
    }

    @Test
    void aJpegLooksTheSameAfterARoundTrip() throws Exception {
        for (Picture picture :
                new Picture[] {
                    TestingPictures.gradient(1, 1),
                    TestingPictures.gradient(333, 257),
                    TestingPictures.gradient(64, 64),
                    TestingPictures.gradient(1, 9)
                }) {
            Picture back = decoder.decode(jpeg(picture), PictureCodec.JPEG);
            assertThat(TestingPictures.meanAbsoluteDifference(back, picture)).isLessThan(1.5);
        }
    }

    @Test
    void anH264KeyframeIsDecodedAndBounded() throws Exception {
        byte[] keyframe = TestingKeyframes.h264(128, 96);

        for (PictureCodec codec : new PictureCodec[] {null, PictureCodec.H264}) {
            Picture picture = decoder.decode(keyframe, codec);
            assertThat(picture.width()).isEqualTo(128);
            assertThat(picture.height()).isEqualTo(96);
            for (int x = 0; x < 128; x++) {
                int seen = picture.rgb()[3 * (48 * 128 + x)] & 0xFF;
                assertThat(seen).isCloseTo(255 * x / 128, within(12));
            }
        }
        try (PictureDecoder narrow = new PictureDecoder(new PictureLimits(128 * 96 - 1))) {
            assertThatThrownBy(() -> narrow.decode(keyframe, PictureCodec.H264))
                    .hasMessageContaining("128x96")
                    .hasMessageContaining("shrink it");
        }
        byte[] cut = Arrays.copyOf(keyframe, keyframe.length / 2);
        assertThat(refusal(cut, PictureCodec.H264).reason()).isEqualTo("corrupt");
        assertThat(decoder.decode(keyframe, PictureCodec.H264).width()).isEqualTo(128);
    }

    @Test
    void aKeyframeDoesNotTakeTheParametersOfAnotherStream() throws Exception {
        byte[] keyframe = TestingKeyframes.h264(64, 48);
        byte[] sliceAlone = Arrays.copyOfRange(keyframe, lastUnit(keyframe), keyframe.length);
        decoder.decode(keyframe, PictureCodec.H264);

        assertThatThrownBy(() -> decoder.decode(sliceAlone, PictureCodec.H264))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("the h264 picture can't be decoded");
    }

    private static int lastUnit(byte[] stream) {
        int at = stream.length - 4;
        while (stream[at] != 0
                || stream[at + 1] != 0
                || stream[at + 2] != 0
                || stream[at + 3] != 1) {
            at--;
        }
        return at;
    }

    @Test
    void oneEncoderTakesPicturesOfAnySize() throws Exception {
        try (JpegEncoder encoder = new JpegEncoder()) {
            for (int side : new int[] {16, 48, 16, 31, 31}) {
                byte[] bytes = encoder.encode(TestingPictures.gradient(side, 2 * side));
                Picture back = decoder.decode(bytes, null);
                assertThat(back.height()).isEqualTo(2 * side);
            }
        }
    }

    @Test
    void mutatedPicturesNeverHarmTheNext() throws Exception {
        byte[] good = jpeg(TestingPictures.gradient(120, 90));
        Picture expected = decoder.decode(good, null);
        Preprocessor preprocessor = preprocessor(32);
        Picture crop = decoder.crop(good, null, preprocessor);
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k < 5; k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            decodeOrRefuse(bad);
            cropOrRefuse(bad, preprocessor);
            if (i % 50 == 0) {
                assertThat(decoder.decode(good, null).rgb()).isEqualTo(expected.rgb());
                assertThat(decoder.crop(good, null, preprocessor).rgb()).isEqualTo(crop.rgb());
            }
        }
    }

    @Test
    void nativeMemoryDoesNotGrow() throws Exception {
        byte[] good = jpeg(TestingPictures.gradient(640, 360));
        byte[] bad = Arrays.copyOf(good, good.length / 2);
        long half = 0;
        for (int i = 0; i < 2_000; i++) {
            decodeOrRefuse(i % 2 == 0 ? good : bad);
            if (i % 100 == 0) {
                openAndClose(good);
            }
            if (i == 1_000) {
                System.gc();
                half = Pointer.physicalBytes();
            }
        }
        System.gc();
        assertThat(Pointer.physicalBytes()).isLessThanOrEqualTo((long) (half * 1.05));
    }

    private static void openAndClose(byte[] bytes) throws PictureException {
        try (PictureDecoder fresh = new PictureDecoder();
                JpegEncoder encoder = new JpegEncoder()) {
            encoder.encode(fresh.decode(bytes, null));
        }
    }

    private void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(decoder.decode(bytes, PictureCodec.JPEG).width()).isPositive();
        } catch (PictureException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    /** Refused exactly where decoding is. */
    private void cropOrRefuse(byte[] bytes, Preprocessor preprocessor) {
        PictureException decoding =
                catchThrowableOfType(PictureException.class, () -> decoder.decode(bytes, null));
        PictureException cropping =
                catchThrowableOfType(
                        PictureException.class, () -> decoder.crop(bytes, null, preprocessor));
        assertThat(cropping == null).isEqualTo(decoding == null);
        if (cropping != null) {
            assertThat(cropping).hasMessage(decoding.getMessage());
        }
    }

    private PictureException refusal(byte[] bytes, PictureCodec codec) {
        PictureException refused =
                catchThrowableOfType(PictureException.class, () -> decoder.decode(bytes, codec));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static byte[] jpeg(Picture picture) {
        try (JpegEncoder encoder = new JpegEncoder()) {
            return encoder.encode(picture);
        }
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static BufferedImage image(Picture picture) {
        BufferedImage image =
                new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            int red = picture.rgb()[3 * i] & 0xFF;
            int green = picture.rgb()[3 * i + 1] & 0xFF;
            int blue = picture.rgb()[3 * i + 2] & 0xFF;
            image.setRGB(i % picture.width(), i / picture.width(), red << 16 | green << 8 | blue);
        }
        return image;
    }

    private static byte[] pngHeader(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(200);
        header.putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(header.array(), 12, 17);
        header.putInt((int) crc.getValue());
        return header.array();
    }
}
