/** Measures how fast encoders are. */
@NullMarked
package io.frametag.models.bench;

import org.jspecify.annotations.NullMarked;
