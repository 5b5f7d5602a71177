// SPDX-License-Identifier: Apache-2.0
/** The Kafka channel: its properties, its life cycle, and the assembly of its parts. */
@NullMarked
package io.flafka.channel;

import org.jspecify.annotations.NullMarked;
