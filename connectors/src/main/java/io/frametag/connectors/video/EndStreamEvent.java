package io.frametag.connectors.video;

import org.apache.flink.api.connector.source.SourceEvent;

/** The enumerator to the reader that has the stream: end it, it is no longer listed as it was. */
record EndStreamEvent(String stream) implements SourceEvent {}
