package io.frametag.connectors.video;

import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a source gets its streams from.
 *
 * @param fixed streams that are always there, in the order given, which the even spread follows
 * @param directory tells the others; null where there are no others
 * @param interval between two reads of the directory
 */
record StreamListing(
        LinkedHashMap<String, VideoStream> fixed,
        @Nullable StreamDirectory directory,
        Duration interval)
        implements Serializable {

    Collection<VideoStream> streams() {
        return fixed.values();
    }
}
