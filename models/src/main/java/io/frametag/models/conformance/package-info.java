/** Checks of encoders, tokenizer and preprocessing against the reference vectors. */
@NullMarked
package io.frametag.models.conformance;

import org.jspecify.annotations.NullMarked;
