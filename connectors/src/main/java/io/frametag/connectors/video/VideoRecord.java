package io.frametag.connectors.video;

import io.frametag.operators.data.StreamItem;

/**
 * An item on its way from the fetcher's thread to the task's.
 *
 * @param item to be emitted
 * @param after where the stream stands once it is
 * @param eventTime of the item, in milliseconds since the epoch; {@link VideoPosition#NONE} where
 *     it has none
 * @param dueMillis when to hand it on, in milliseconds since the epoch; {@link VideoPosition#NONE}
 *     for at once
 */
record VideoRecord(StreamItem item, VideoPosition after, long eventTime, long dueMillis) {}
