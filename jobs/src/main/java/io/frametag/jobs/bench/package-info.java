/** Measures the whole job, and its parts, against what they are compared with. */
@NullMarked
package io.frametag.jobs.bench;

import org.jspecify.annotations.NullMarked;
