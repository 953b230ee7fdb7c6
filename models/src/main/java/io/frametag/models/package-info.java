/** Encoders without Flink: model folders and the ONNX Runtime sessions that run them. */
@NullMarked
package io.frametag.models;

import org.jspecify.annotations.NullMarked;
