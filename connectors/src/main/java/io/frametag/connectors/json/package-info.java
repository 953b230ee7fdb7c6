/** The records on Kafka as JSON, and prompt files: written and read, strictly. */
@NullMarked
package io.frametag.connectors.json;

import org.jspecify.annotations.NullMarked;
