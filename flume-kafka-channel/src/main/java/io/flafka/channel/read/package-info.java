// SPDX-License-Identifier: Apache-2.0
/** Readers: the threads that poll Kafka, commit offsets and report what keeps them from reading. */
@NullMarked
package io.flafka.channel.read;

import org.jspecify.annotations.NullMarked;
