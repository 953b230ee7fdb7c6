package io.frametag.connectors.video;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader to the enumerator: the stream has ended, asked or of itself.
 *
 * @param nextSequence the number of the frame that would have been next
 */
record StreamEndedEvent(String stream, long nextSequence) implements SourceEvent {}
