// SPDX-License-Identifier: Apache-2.0
/** What the source and the channel share as consumers: membership in the consumer group, and reports on a consumer that has nothing to read. */
@NullMarked
package io.flafka.consume;

import org.jspecify.annotations.NullMarked;
