/** Frames and prompts in, tags out: the operators as one thing. */
@NullMarked
package io.frametag.operators;

import org.jspecify.annotations.NullMarked;
