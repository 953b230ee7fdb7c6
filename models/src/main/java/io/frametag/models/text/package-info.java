/** Texts to token ids, as CLIP's tokenizer makes them. */
@NullMarked
package io.frametag.models.text;

import org.jspecify.annotations.NullMarked;
