// SPDX-License-Identifier: Apache-2.0
/** What every reader of Kafka needs: who owns a partition, what may be committed. */
@NullMarked
package io.flafka.consume;

import org.jspecify.annotations.NullMarked;
