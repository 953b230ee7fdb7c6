/** Video as a Flink source: one split per stream, a checkpointed position in each. */
@NullMarked
package io.frametag.connectors.video;

import org.jspecify.annotations.NullMarked;
