// SPDX-License-Identifier: Apache-2.0
/** The codec against Avro's own reader and writer. */
@NullMarked
package io.flafka.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
