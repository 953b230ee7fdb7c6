/** The commands of {@code frametag models}. */
@NullMarked
package io.frametag.jobs.cli.models;

import org.jspecify.annotations.NullMarked;
