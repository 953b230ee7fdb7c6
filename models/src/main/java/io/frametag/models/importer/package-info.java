/** Published checkpoints to model folders: reading, folding, writing ONNX. */
@NullMarked
package io.frametag.models.importer;

import org.jspecify.annotations.NullMarked;
