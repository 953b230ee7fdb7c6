package io.frametag.connectors.video;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a stream's address nobody should see. Secrets that stand in the address itself are taken
 * out and kept beside it, never in a checkpoint; references to secrets are resolved only when the
 * stream is opened, where it is opened.
 */
final class StreamSecrets {

    /** Stands in an address for a secret that was taken out. */
    static final String TAKEN_OUT = "${given}";

    private static final int LONGEST_FILE = 4_096;
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern QUERY_SECRET =
            Pattern.compile(
                    "(?i)([?&;/_][a-z0-9.-]*(?:pass|pwd|token|secret|key|auth|sig|credential)"
                            + "[a-z0-9.-]*=)([^&;#/\\s]+)");

    private StreamSecrets() {}

    /**
     * An address without its secrets.
     *
     * @param uri with a placeholder for each
     * @param secrets in order
     */
    record Concealed(String uri, List<String> secrets) {}

    /** Takes the secrets out of an address that {@link StreamAddress} has found sound. */
    static Concealed conceal(String uri) {
        StreamAddress address = StreamAddress.parse(uri);
        if (!address.isNetwork()) {
            return new Concealed(uri, List.of());
        }
        List<String> secrets = new ArrayList<>();
        String credentials = address.credentials();
        // The empty ones are how multicast is written: udp://@239.0.0.1:1234.
        if (!credentials.isEmpty() && !isReference(credentials)) {
            secrets.add(credentials);
            credentials = TAKEN_OUT;
        }
        String rest =
                QUERY_SECRET
                        .matcher(address.rest())
                        .replaceAll(
                                found -> {
                                    if (isReference(found.group(2))) {
                                        return Matcher.quoteReplacement(found.group());
                                    }
                                    secrets.add(found.group(2));
                                    return Matcher.quoteReplacement(found.group(1) + TAKEN_OUT);
                                });
        if (secrets.isEmpty()) {
            return new Concealed(uri, secrets);
        }
        StreamAddress plain =
                new StreamAddress(address.scheme(), "", address.host(), address.port(), rest);
        String at = credentials.isEmpty() ? "" : credentials + "@";
        return new Concealed(
                plain.withoutCredentials().replaceFirst("//", Matcher.quoteReplacement("//" + at)),
                secrets);
    }

    /** Whether all that could be secret is a reference: {@code name:${env:X}} or such alone. */
    private static boolean isReference(String value) {
        String password = value.substring(value.indexOf(':', endOfReference(value)) + 1);
        return REFERENCE.matcher(password).matches();
    }

    /** The colon between user and password is not one within a reference. */
    private static int endOfReference(String value) {
        return value.startsWith("${") ? value.indexOf('}') : 0;
    }

    /**
     * The address with its secrets in place.
     *
     * @param given what was taken out; null where it has not come yet
     * @throws VideoException where one is missing; the message names the reference, not its value
     */
    static String reveal(
            String uri, @Nullable List<String> given, Function<String, @Nullable String> env)
            throws VideoException {
        Iterator<String> next = given == null ? null : given.iterator();
        StringBuilder out = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(uri);
        while (matcher.find()) {
            String value;
            if (!matcher.group().equals(TAKEN_OUT)) {
                value = resolve(matcher.group(1), env);
            } else if (next != null && next.hasNext()) {
                value = next.next();
            } else {
                throw new VideoException(
                        "the user name and password of the stream have not come yet;"
                                + " they are in the list of streams");
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }

    private static String resolve(String reference, Function<String, @Nullable String> env)
            throws VideoException {
        String value = null;
        if (reference.startsWith("env:")) {
            value = env.apply(reference.substring("env:".length()));
        } else if (reference.startsWith("file:")) {
            value = content(Path.of(reference.substring("file:".length())));
        }
        if (value == null || value.isEmpty()) {
            throw VideoException.refused(
                    "${"
                            + reference
                            + "} in the stream's address has no value where it is read; set it"
                            + " there (${env:NAME} or ${file:/path})");
        }
        return escape(value);
    }

    private static @Nullable String content(Path file) throws VideoException {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                return null;
            }
            return Files.readString(file).strip();
        } catch (MalformedInputException e) {
            throw VideoException.refused("${file:" + file + "} is no text; write the secret in it");
        } catch (IOException e) {
            throw VideoException.refused(
                    "${file:" + file + "} can't be read where the stream is; check its owner");
        }
    }

    /** A secret may have characters that have a meaning in addresses. */
    private static String escape(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~:".indexOf(c) >= 0);
            if (plain) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", b & 0xFF));
            }
        }
        return out.toString();
    }
}
