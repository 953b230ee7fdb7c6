/** Frames to embeddings: decoding and batches shared by all slots of a TaskManager. */
@NullMarked
package io.frametag.operators.encode;

import org.jspecify.annotations.NullMarked;
