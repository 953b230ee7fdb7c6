/** The {@code frametag} command line. */
@NullMarked
package io.frametag.jobs.cli;

import org.jspecify.annotations.NullMarked;
