package io.frametag.operators.encode;

import org.apache.flink.annotation.PublicEvolving;

/** Why a live frame was given up, in the words that counters are kept by. */
@PublicEvolving
public final class DropReason {

    /** It was still waiting when a newer one of its stream came. */
    public static final String SUPERSEDED = "superseded";

    /** It was older than its limit before the encoder came to it. */
    public static final String STALE = "stale";

    private DropReason() {}
}
