/** A Kafka broker inside the process, for the demo and for gateways without one. */
@NullMarked
package io.frametag.jobs.broker;

import org.jspecify.annotations.NullMarked;
