/** Frames and prompts from Kafka, tags, status and errors to Kafka. */
@NullMarked
package io.frametag.connectors.kafka;

import org.jspecify.annotations.NullMarked;
