/** The demo: broker, Flink, sample cameras and a live table in one process. */
@NullMarked
package io.frametag.jobs.demo;

import org.jspecify.annotations.NullMarked;
