package io.frametag.connectors.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may look: checks what clients say in their Authorization header, in the Basic and the Digest
 * scheme (RFC 2617, with MD5, as cameras do). Immutable.
 *
 * @param user name
 * @param password in plain text
 * @param scheme that the cameras ask for
 */
record Credentials(String user, String password, CameraSimulator.Authentication scheme) {

    private static final String REALM = "Frametag simulator";
    private static final Pattern FIELD = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s,]+))");

    /** Matches no one. */
    static final Credentials UNKNOWN =
            new Credentials(
                    "unknown", UUID.randomUUID().toString(), CameraSimulator.Authentication.DIGEST);

    /** As they stand in a URI, before the {@code @}. */
    String inUri() {
        return coded(user) + ":" + coded(password);
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What to ask a client for. */
    String challenge(String nonce) {
        return scheme == CameraSimulator.Authentication.BASIC
                ? "Basic realm=\"" + REALM + "\""
                : "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\", algorithm=MD5";
    }

    /**
     * Whether that header proves that the client knows the password.
     *
     * @param nonce that this client was given
     */
    boolean match(@Nullable String header, String method, String nonce) {
        if (header == null) {
            return false;
        }
        String given = header.trim();
        if (scheme == CameraSimulator.Authentication.BASIC) {
            String pair = user + ":" + password;
            String coded =
                    Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return given.equals("Basic " + coded);
        }
        return given.regionMatches(true, 0, "Digest ", 0, 7)
                && matchDigest(fields(given), method, nonce);
    }

    private boolean matchDigest(Map<String, String> fields, String method, String nonce) {
        String secret = md5(user + ":" + REALM + ":" + password);
        String request = md5(method + ":" + fields.getOrDefault("uri", ""));
        String middle =
                fields.containsKey("qop")
                        ? nonce
                                + ":"
                                + fields.get("nc")
                                + ":"
                                + fields.get("cnonce")
                                + ":"
                                + fields.get("qop")
                        : nonce;
        return user.equals(fields.get("username"))
                && nonce.equals(fields.get("nonce"))
                && md5(secret + ":" + middle + ":" + request).equals(fields.get("response"));
    }

    private static Map<String, String> fields(String header) {
        Map<String, String> fields = new TreeMap<>();
        Matcher matcher = FIELD.matcher(header);
        while (matcher.find()) {
            String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            fields.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        return fields;
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
