/** Prompts and frame embeddings to tags. */
@NullMarked
package io.frametag.operators.match;

import org.jspecify.annotations.NullMarked;
