// SPDX-License-Identifier: Apache-2.0
/** Takes: records on their way from the readers to the sinks, partition by partition. */
@NullMarked
package io.flafka.channel.take;

import org.jspecify.annotations.NullMarked;
