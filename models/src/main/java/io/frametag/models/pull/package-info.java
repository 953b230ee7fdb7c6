/** Fetches published checkpoints. */
@NullMarked
package io.frametag.models.pull;

import org.jspecify.annotations.NullMarked;
