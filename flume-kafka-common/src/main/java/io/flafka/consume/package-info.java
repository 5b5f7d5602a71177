// SPDX-License-Identifier: Apache-2.0
/**
 * What the source and the channel share as consumers: membership in the consumer group, the report on a consumer without partitions, record sizes.
 */
@NullMarked
package io.flafka.consume;

import org.jspecify.annotations.NullMarked;
