// SPDX-License-Identifier: Apache-2.0
/** Readers: the threads that poll Kafka, commit offsets, and report outages. */
@NullMarked
package io.flafka.channel.read;

import org.jspecify.annotations.NullMarked;
