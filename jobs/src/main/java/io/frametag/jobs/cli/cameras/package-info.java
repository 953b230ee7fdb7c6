/** The commands of {@code frametag cameras}. */
@NullMarked
package io.frametag.jobs.cli.cameras;

import org.jspecify.annotations.NullMarked;
