// SPDX-License-Identifier: Apache-2.0
/** Writes each batch as one Kafka transaction. */
@NullMarked
package io.flafka.produce.transaction;

import org.jspecify.annotations.NullMarked;
