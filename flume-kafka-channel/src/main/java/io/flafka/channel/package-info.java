// SPDX-License-Identifier: Apache-2.0
/** The Kafka channel. */
@NullMarked
package io.flafka.channel;

import org.jspecify.annotations.NullMarked;
