/** Commands that stand in for what a user does not have at hand. */
@NullMarked
package io.frametag.jobs.cli.simulate;

import org.jspecify.annotations.NullMarked;
