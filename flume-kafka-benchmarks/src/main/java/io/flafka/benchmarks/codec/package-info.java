// SPDX-License-Identifier: Apache-2.0
/** Compares our codec with Avro's own reader and writer. */
@NullMarked
package io.flafka.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
