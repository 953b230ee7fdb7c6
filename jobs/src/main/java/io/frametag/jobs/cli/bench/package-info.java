/** The {@code bench} commands. */
@NullMarked
package io.frametag.jobs.cli.bench;

import org.jspecify.annotations.NullMarked;
