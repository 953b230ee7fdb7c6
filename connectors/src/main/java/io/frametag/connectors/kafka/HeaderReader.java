package io.frametag.connectors.kafka;

import io.frametag.models.picture.PictureCodec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads the headers of one record of the frames topic and notes the first that is malformed. */
final class HeaderReader {

    private static final int MAX_STREAM_LENGTH = 249;
    private static final int MAX_SHOWN = 60;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final ConsumerRecord<byte[], byte[]> record;
    private @Nullable String problem;

    HeaderReader(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    /** From the header; else from the key; else the topic and partition. */
    String stream() {
        byte[] header = value(FrameHeaders.STREAM);
        if (header != null) {
            String stream = text(header);
            if (isStream(stream)) {
                return stream;
            }
            note(FrameHeaders.STREAM, header, "1 to 249 characters of text, none of them control");
        }
        if (record.key() != null) {
            String stream = text(record.key());
            if (isStream(stream)) {
                return stream;
            }
        }
        return record.topic() + "-" + record.partition();
    }

    long number(String name, long replacement) {
        byte[] header = value(name);
        if (header == null) {
            return replacement;
        }
        String digits = text(header);
        if (digits != null && NUMBER.matcher(digits).matches()) {
            return Long.parseLong(digits);
        }
        note(name, header, "a whole number from 0 on, in decimal digits");
        return replacement;
    }

    /** Null where the header is absent or names no codec we know: the first bytes then tell. */
    @Nullable PictureCodec codec() {
        byte[] header = value(FrameHeaders.CODEC);
        if (header == null) {
            return null;
        }
        String name = text(header);
        PictureCodec codec = name == null ? null : PictureCodec.byId(name).orElse(null);
        if (codec == null) {
            note(FrameHeaders.CODEC, header, "one of jpeg, png, webp, h264, hevc");
        }
        return codec;
    }

    /** One line on the first header that is malformed; null where none is. */
    @Nullable String problem() {
        return problem;
    }

    private byte @Nullable [] value(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private void note(String name, byte[] value, String rule) {
        if (problem == null) {
            String shown = new String(value, StandardCharsets.UTF_8).replaceAll("\\p{Cc}", "?");
            problem =
                    "header "
                            + name
                            + " ("
                            + (shown.length() <= MAX_SHOWN ? shown : shown.substring(0, MAX_SHOWN))
                            + ") must be "
                            + rule;
        }
    }

    private static boolean isStream(@Nullable String text) {
        return text != null
                && !text.isBlank()
                && text.length() <= MAX_STREAM_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** Null where the bytes are not UTF-8. */
    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
