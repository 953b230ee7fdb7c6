/** Which frames of a stream are looked at. */
@NullMarked
package io.frametag.operators.sample;

import org.jspecify.annotations.NullMarked;
