package io.frametag.connectors.video;

import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fetches over HTTP what belongs to one stream, and nothing else: whatever a playlist names or an
 * answer leads to must lie at the stream's own scheme, host and port (from http to https on the
 * same host is let pass), without credentials of its own. For one thread.
 */
final class HttpFetch {

    private static final int MOST_REDIRECTS = 5;

    private final LiveInput input;
    private final Interruption interruption;

    HttpFetch(LiveInput input, Interruption interruption) {
        this.input = input;
        this.interruption = interruption;
    }

    /**
     * Fetches an address.
     *
     * @param range such as {@code bytes=0-99}; null for all
     * @throws VideoException where it may not be fetched, or can't be; the message says why
     */
    HttpConnection get(String url, @Nullable String range) throws VideoException {
        StreamAddress address = allowed(url);
        String authorization = null;
        int redirects = 0;
        while (true) {
            HttpConnection answer = ask(address, authorization, range);
            int status = answer.status();
            if (status == 200 || status == 206) {
                return answer;
            }
            close(answer);
            String location = answer.header("location");
            boolean redirected = status >= 300 && status < 400 && !location.isEmpty();
            if (redirected && redirects < MOST_REDIRECTS) {
                redirects++;
                authorization = null;
                address = allowed(resolve(address, location));
            } else if (status == 401 && authorization == null && hasCredentials()) {
                authorization = prove(answer, address);
            } else if (redirected) {
                throw VideoException.refused(input.name() + " redirects in circles");
            } else {
                throw LiveFailures.status(input.name(), status);
            }
        }
    }

    private boolean hasCredentials() {
        return !input.address().credentials().isEmpty();
    }

    private String prove(HttpConnection answer, StreamAddress address) throws VideoException {
        String proof =
                new HttpAuthorization(
                                input.address().credentials(),
                                UUID.randomUUID().toString().replace("-", ""))
                        .answer(answer.header("www-authenticate"), HttpConnection.target(address));
        if (proof == null) {
            throw VideoException.refused(
                    input.name() + " asks for a proof of the password that is not known here");
        }
        return proof;
    }

    private HttpConnection ask(
            StreamAddress address, @Nullable String authorization, @Nullable String range)
            throws VideoException {
        try {
            return HttpConnection.get(
                    address, authorization, range, input.settings(), interruption);
        } catch (IOException e) {
            throw HttpConnection.failure(input.name(), e);
        }
    }

    private void close(HttpConnection answer) throws VideoException {
        try {
            answer.close();
        } catch (IOException e) {
            throw HttpConnection.failure(input.name(), e);
        }
    }

    private String resolve(StreamAddress from, String location) throws VideoException {
        try {
            return URI.create(from.withoutCredentials()).resolve(location).toString();
        } catch (IllegalArgumentException e) {
            throw VideoException.refused(input.name() + " redirects to something malformed");
        }
    }

    boolean isAllowed(String url) {
        try {
            allowed(url);
            return true;
        } catch (VideoException e) {
            return false;
        }
    }

    /** The only addresses that belong to the stream. */
    StreamAddress allowed(String url) throws VideoException {
        StreamAddress own = input.address();
        StreamAddress address;
        try {
            address = StreamAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw foreign(url);
        }
        boolean sameHost = address.host().equals(own.host());
        boolean samePlace =
                address.scheme().equals(own.scheme())
                        && HttpConnection.port(address) == HttpConnection.port(own);
        boolean secured = own.scheme().equals("http") && address.scheme().equals("https");
        boolean named = !address.credentials().isEmpty() && !url.equals(input.url());
        if (!sameHost || !(samePlace || secured) || named) {
            throw foreign(url);
        }
        return address;
    }

    private VideoException foreign(String url) {
        return VideoException.refused(
                input.name()
                        + " leads to another place, "
                        + Redaction.of(url)
                        + "; only what lies at its own host is read");
    }
}
