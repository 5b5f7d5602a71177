// SPDX-License-Identifier: Apache-2.0
/** The metrics of a channel. */
@NullMarked
package io.flafka.channel.metrics;

import org.jspecify.annotations.NullMarked;
