/** Tagging a user's own files or topics, embedded in the command line's process. */
@NullMarked
package io.frametag.jobs.tag;

import org.jspecify.annotations.NullMarked;
