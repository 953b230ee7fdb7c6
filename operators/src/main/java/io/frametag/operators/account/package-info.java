/** Counts what becomes of each frame. */
@NullMarked
package io.frametag.operators.account;

import org.jspecify.annotations.NullMarked;
