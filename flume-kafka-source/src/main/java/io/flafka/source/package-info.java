// SPDX-License-Identifier: Apache-2.0
/** The Kafka source: reads topics as a member of a consumer group and delivers each record as an event to Flume channels. */
@NullMarked
package io.flafka.source;

import org.jspecify.annotations.NullMarked;
