package io.frametag.connectors.video;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import io.frametag.models.picture.Ffmpeg;
import io.frametag.models.picture.JpegEncoder;
import io.frametag.models.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Small valid samples of each format, the same in every run. Most are encoded here; this build of
 * FFmpeg has no encoder for HEVC and a plain one for H.264, so two clips of a moving pattern, 64x48
 * and 14 frames, that libx264 and libx265 wrote lie in the resources and are put into the other
 * containers here.
 */
final class FuzzSamples {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private final Path folder;
    private final Map<FuzzFormat, List<byte[]>> samples = new EnumMap<>(FuzzFormat.class);

    private FuzzSamples(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes all samples.
     *
     * @param folder for files on the way
     */
    static FuzzSamples in(Path folder) throws IOException {
        Ffmpeg.load();
        FuzzSamples made = new FuzzSamples(folder);
        made.addStills();
        made.addVideos();
        return made;
    }

    List<byte[]> of(FuzzFormat format) {
        return samples.get(format);
    }

    private void addStills() throws IOException {
        Picture picture = pattern();
        try (JpegEncoder encoder = new JpegEncoder()) {
            samples.put(
                    FuzzFormat.JPEG,
                    List.of(
                            encoder.encode(picture),
                            written(image(BufferedImage.TYPE_INT_RGB), "jpeg", false),
                            written(image(BufferedImage.TYPE_INT_RGB), "jpeg", true),
                            written(image(BufferedImage.TYPE_BYTE_GRAY), "jpeg", false)));
        }
        samples.put(
                FuzzFormat.PNG,
                List.of(
                        written(image(BufferedImage.TYPE_INT_RGB), "png", false),
                        written(image(BufferedImage.TYPE_INT_ARGB), "png", true),
                        written(image(BufferedImage.TYPE_BYTE_INDEXED), "png", false),
                        written(image(BufferedImage.TYPE_USHORT_GRAY), "png", true)));
        samples.put(
                FuzzFormat.WEBP,
                List.of(
                        encoded("libwebp", AV_PIX_FMT_YUV420P, "lossless", "0"),
                        encoded("libwebp", AV_PIX_FMT_BGRA, "lossless", "1")));
    }

    private void addVideos() throws IOException {
        Path h264 = resource("h264.mp4");
        Path hevc = resource("hevc.mp4");
        byte[] h264Stream = remuxed(h264, "h264");
        byte[] hevcStream = remuxed(hevc, "hevc");
        samples.put(FuzzFormat.H264, List.of(h264Stream));
        samples.put(FuzzFormat.HEVC, List.of(hevcStream));
        samples.put(
                FuzzFormat.H264_KEYFRAME,
                List.of(
                        firstPicture(h264Stream, 5),
                        encoded("libopenh264", AV_PIX_FMT_YUV420P, "coder", "cavlc")));
        samples.put(FuzzFormat.HEVC_KEYFRAME, List.of(firstPicture(hevcStream, 19, 20, 21)));
        samples.put(FuzzFormat.MJPEG, List.of(written("mjpeg", 0, "mjpeg")));
        samples.put(
                FuzzFormat.MP4,
                List.of(
                        Files.readAllBytes(h264),
                        Files.readAllBytes(hevc),
                        written("mpeg4", 2, "mp4")));
        samples.put(FuzzFormat.TS, List.of(remuxed(h264, "ts"), remuxed(hevc, "ts")));
        samples.put(FuzzFormat.MKV, List.of(remuxed(h264, "mkv"), written("mjpeg", 0, "mkv")));
    }

    private byte[] written(String encoder, int between, String extension) throws IOException {
        Path file = folder.resolve("sample." + extension);
        return Files.readAllBytes(
                TestingVideos.of(8)
                        .textured()
                        .keyframeEvery(4)
                        .encoder(encoder, between)
                        .write(file));
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = FuzzSamples.class.getResourceAsStream(name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static Picture pattern() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) shade(i / 3 % WIDTH, i / 3 / WIDTH, i % 3);
        }
        return new Picture(WIDTH, HEIGHT, rgb);
    }

    private static int shade(int x, int y, int channel) {
        return (x * (3 + channel) + y * 2 + (x * y >> 4) * (channel + 1)) & 0xFF;
    }

    private static BufferedImage image(int type) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int rgb = shade(x, y, 0) << 16 | shade(x, y, 1) << 8 | shade(x, y, 2);
                image.setRGB(x, y, 0xFF000000 | rgb);
            }
        }
        return image;
    }

    /** ImageIO's picture; its "progressive" is PNG's interlacing too. */
    private static byte[] written(BufferedImage image, String format, boolean progressive)
            throws IOException {
        ImageIO.setUseCache(false);
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(
                progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The pattern through one of FFmpeg's encoders of single pictures. */
    private static byte[] encoded(String encoder, int format, String option, String value) {
        AVCodec codec = avcodec_find_encoder_by_name(encoder);
        AVCodecContext context = avcodec_alloc_context3(codec);
        context.width(WIDTH).height(HEIGHT).pix_fmt(format).thread_count(1).bit_rate(1_000_000);
        context.time_base().num(1).den(25);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, option, value, 0);
        check(avcodec_open2(context, codec, options));
        av_dict_free(options);
        AVFrame frame = av_frame_alloc();
        frame.width(WIDTH).height(HEIGHT).format(format);
        check(av_frame_get_buffer(frame, 0));
        paint(frame, format == AV_PIX_FMT_BGRA);
        AVPacket packet = av_packet_alloc();
        check(avcodec_send_frame(context, frame));
        check(avcodec_send_frame(context, (AVFrame) null));
        check(avcodec_receive_packet(context, packet));
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
        return bytes;
    }

    private static void paint(AVFrame frame, boolean packed) {
        for (int plane = 0; plane < (packed ? 1 : 3); plane++) {
            byte[] row = new byte[packed ? 4 * WIDTH : plane == 0 ? WIDTH : WIDTH / 2];
            for (int y = 0; y < (plane == 0 ? HEIGHT : HEIGHT / 2); y++) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = (byte) shade(x, y, plane);
                }
                frame.data(plane).position((long) y * frame.linesize(plane)).put(row);
            }
            frame.data(plane).position(0);
        }
    }

    /** The packets of a video's only stream in another container. */
    private byte[] remuxed(Path video, String extension) throws IOException {
        Path file = folder.resolve("remuxed." + extension);
        AVFormatContext in = new AVFormatContext(null);
        check(avformat_open_input(in, video.toString(), (AVInputFormat) null, (AVDictionary) null));
        AVFormatContext out = new AVFormatContext(null);
        check(
                avformat_alloc_output_context2(
                        out, (AVOutputFormat) null, (String) null, file.toString()));
        out.flags(out.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        AVStream stream = avformat_new_stream(out, (AVCodec) null);
        check(avcodec_parameters_copy(stream.codecpar(), in.streams(0).codecpar()));
        stream.codecpar().codec_tag(0);
        stream.time_base(in.streams(0).time_base());
        AVIOContext io = new AVIOContext(null);
        check(avio_open(io, file.toString(), AVIO_FLAG_WRITE));
        out.pb(io);
        check(avformat_write_header(out, (AVDictionary) null));
        AVPacket packet = av_packet_alloc();
        while (av_read_frame(in, packet) >= 0) {
            av_packet_rescale_ts(packet, in.streams(0).time_base(), stream.time_base());
            check(av_interleaved_write_frame(out, packet));
        }
        check(av_write_trailer(out));
        av_packet_free(packet);
        avio_closep(io);
        avformat_free_context(out);
        avformat_close_input(in);
        return Files.readAllBytes(file);
    }

    /** Everything up to the end of the first slice of those types: a keyframe as cameras send. */
    private static byte[] firstPicture(byte[] stream, int... sliceTypes) {
        boolean found = false;
        for (int at = 0; at + 4 < stream.length; at++) {
            boolean starts = stream[at] == 0 && stream[at + 1] == 0 && stream[at + 2] == 1;
            if (starts && found) {
                return Arrays.copyOf(stream, stream[at - 1] == 0 ? at - 1 : at);
            }
            int type = sliceTypes.length == 1 ? stream[at + 3] & 31 : stream[at + 3] >> 1 & 63;
            found |= starts && Arrays.stream(sliceTypes).anyMatch(t -> t == type);
        }
        throw new IllegalStateException("the stream has no keyframe followed by another frame");
    }

    private static void check(int result) {
        if (result < 0) {
            throw new IllegalStateException("can't make a sample: " + Ffmpeg.describe(result));
        }
    }
}
