package io.frametag.connectors.video;

import java.util.regex.Pattern;

/** Keeps the user names and passwords of URIs out of messages, logs and Flink's pages. */
final class Redaction {

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*@");

    private Redaction() {}

    static String of(String uri) {
        return CREDENTIALS.matcher(uri).replaceAll("//***@");
    }
}
