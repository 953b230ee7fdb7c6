package io.frametag.connectors.video;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Proves to a camera that we know its password: Basic, or Digest after RFC 7616. */
final class HttpAuthorization {

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]*))");

    private final String user;
    private final String password;
    private final String clientNonce;

    /**
     * With what stands before the {@code @} of an address.
     *
     * @param clientNonce a number not used before, for the camera's answers to be its own
     */
    HttpAuthorization(String credentials, String clientNonce) {
        int colon = credentials.indexOf(':');
        user = decode(colon < 0 ? credentials : credentials.substring(0, colon));
        password = colon < 0 ? "" : decode(credentials.substring(colon + 1));
        this.clientNonce = clientNonce;
    }

    private static String decode(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * The header for a challenge.
     *
     * @param challenges one a line
     * @return null where none of them is known
     */
    @Nullable String answer(String challenges, String target) {
        String basic = null;
        for (String challenge : challenges.split("\n")) {
            String lower = challenge.toLowerCase(Locale.ROOT);
            if (lower.startsWith("digest ")) {
                String digest = digest(challenge.substring("digest ".length()), target);
                if (digest != null) {
                    return digest;
                }
            } else if (lower.startsWith("basic")) {
                byte[] plain = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
                basic = "Basic " + Base64.getEncoder().encodeToString(plain);
            }
        }
        return basic;
    }

    private @Nullable String digest(String challenge, String target) {
        Map<String, String> asked = new TreeMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            asked.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        String algorithm = asked.getOrDefault("algorithm", "MD5");
        boolean sha = algorithm.equalsIgnoreCase("SHA-256");
        if (!sha && !algorithm.equalsIgnoreCase("MD5")) {
            return null;
        }
        String realm = asked.getOrDefault("realm", "");
        String nonce = asked.getOrDefault("nonce", "");
        String who = hash(sha, user + ":" + realm + ":" + password);
        String what = hash(sha, "GET:" + target);
        boolean qop = asked.getOrDefault("qop", "").contains("auth");
        String middle = qop ? nonce + ":00000001:" + clientNonce + ":auth" : nonce;
        StringBuilder header = new StringBuilder("Digest ");
        header.append("username=\"").append(user.replace("\"", "\\\"")).append("\", ");
        header.append("realm=\"").append(realm).append("\", nonce=\"").append(nonce);
        header.append("\", uri=\"").append(target).append("\", algorithm=").append(algorithm);
        header.append(", response=\"").append(hash(sha, who + ":" + middle + ":" + what));
        header.append('"');
        if (qop) {
            header.append(", qop=auth, nc=00000001, cnonce=\"").append(clientNonce).append('"');
        }
        if (asked.containsKey("opaque")) {
            header.append(", opaque=\"").append(asked.get("opaque")).append('"');
        }
        return header.toString();
    }

    private static String hash(boolean sha, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(sha ? "SHA-256" : "MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5 and SHA-256", e);
        }
    }
}
