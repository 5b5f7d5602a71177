// SPDX-License-Identifier: Apache-2.0
/** Converts between Flume events and Kafka records: codecs, headers, and the choice of the partition. */
@NullMarked
package io.flafka.event;

import org.jspecify.annotations.NullMarked;
