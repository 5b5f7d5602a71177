// SPDX-License-Identifier: Apache-2.0
/** The Kafka sink: moves batches of events from a channel to Kafka topics. {@link io.flafka.sink.SinkComponent} is its entry point. */
@NullMarked
package io.flafka.sink;

import org.jspecify.annotations.NullMarked;
