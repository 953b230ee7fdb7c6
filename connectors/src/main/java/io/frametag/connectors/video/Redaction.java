package io.frametag.connectors.video;

import java.util.regex.Pattern;

/**
 * Keeps user names, passwords and tokens out of messages, logs and Flink's pages. Rather hides too
 * much: everything before the last {@code @} of an address, whatever characters it has, the value
 * of each word of its query or path that could be a secret, and all values of a query but those of
 * a few words that are known to be none.
 */
final class Redaction {

    private static final Pattern CREDENTIALS = Pattern.compile("//[^\\s]*@");
    private static final Pattern QUERY_VALUE =
            Pattern.compile(
                    "(?i)([?&;])(?!(?:channel|subtype|stream|resolution|fps|codec|transport|mode|"
                            + "latency|camera|profile|width|height|port)=)([^=&;#\\s]+)=[^&;#\\s]*");
    private static final Pattern SECRET_VALUE =
            Pattern.compile(
                    "(?i)([a-z0-9.-]*(?:user|pass|pwd|token|secret|key|auth|sig|credential)"
                            + "[a-z0-9.-]*)=(?!\\*\\*\\*)[^&/#\\s]*");

    private Redaction() {}

    static String of(String uri) {
        String hidden = CREDENTIALS.matcher(uri).replaceAll("//***@");
        hidden = QUERY_VALUE.matcher(hidden).replaceAll("$1$2=***");
        return SECRET_VALUE.matcher(hidden).replaceAll("$1=***");
    }
}
