// SPDX-License-Identifier: Apache-2.0
/** Flume's counters, with the attributes that stock's hide. */
@NullMarked
package io.flafka.metrics;

import org.jspecify.annotations.NullMarked;
