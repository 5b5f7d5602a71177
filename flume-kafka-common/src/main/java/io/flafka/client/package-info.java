// SPDX-License-Identifier: Apache-2.0
/** Turns properties into the settings of Kafka clients, and creates the clients. No other package does either. */
@NullMarked
package io.flafka.client;

import org.jspecify.annotations.NullMarked;
