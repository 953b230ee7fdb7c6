/** The commands of {@code frametag prompts}. */
@NullMarked
package io.frametag.jobs.cli.prompts;

import org.jspecify.annotations.NullMarked;
