/** The ready jobs and what their configuration needs. */
@NullMarked
package io.frametag.jobs;

import org.jspecify.annotations.NullMarked;
