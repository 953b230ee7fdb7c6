/** Compressed pictures in, what the model sees out. */
@NullMarked
package io.frametag.models.picture;

import org.jspecify.annotations.NullMarked;
