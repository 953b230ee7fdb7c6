package io.frametag.models.picture;

import java.util.Objects;

/**
 * A picture that can't be decoded. The message is one line that names the cause and, where there is
 * one, the mend; {@link #reason()} is the short fixed word that counters are kept by.
 */
public final class PictureException extends Exception {

    private static final long serialVersionUID = 1L;

    /** No bytes at all. */
    public static final String EMPTY = "empty";

    /** More pixels than {@link PictureLimits} allow. */
    public static final String TOO_LARGE = "too-large";

    /** Damaged, cut short, or not what its codec says. */
    public static final String CORRUPT = "corrupt";

    /** No codec that we know, or a variety of it that we can't decode. */
    public static final String UNSUPPORTED = "unsupported";

    private final String reason;

    public PictureException(String reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** One of {@link #EMPTY}, {@link #TOO_LARGE}, {@link #CORRUPT}, {@link #UNSUPPORTED}. */
    public String reason() {
        return reason;
    }
}
