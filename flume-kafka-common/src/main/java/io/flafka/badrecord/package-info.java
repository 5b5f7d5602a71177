// SPDX-License-Identifier: Apache-2.0
/**
 * Decides what happens to a record that can never be delivered: stop, skip, or write it to a dead letter topic. Property names are those of Kafka
 * Connect.
 */
@NullMarked
package io.flafka.badrecord;

import org.jspecify.annotations.NullMarked;
