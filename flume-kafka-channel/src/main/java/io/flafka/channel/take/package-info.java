// SPDX-License-Identifier: Apache-2.0
/** Takes: keeps the records of the assigned partitions until sinks have taken them and committed. */
@NullMarked
package io.flafka.channel.take;

import org.jspecify.annotations.NullMarked;
