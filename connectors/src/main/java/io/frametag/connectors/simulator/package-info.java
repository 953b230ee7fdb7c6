/**
 * Cameras without a camera: files played as live streams over RTSP and HTTP, with the faults that
 * real ones have. For tests, and for users who try things out.
 */
@NullMarked
package io.frametag.connectors.simulator;

import org.jspecify.annotations.NullMarked;
