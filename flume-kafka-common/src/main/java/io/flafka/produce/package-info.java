// SPDX-License-Identifier: Apache-2.0
/** How the sink and the channel publish batches: with Kafka transactions or without. */
@NullMarked
package io.flafka.produce;

import org.jspecify.annotations.NullMarked;
