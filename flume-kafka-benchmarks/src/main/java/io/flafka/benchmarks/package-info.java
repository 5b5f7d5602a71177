// SPDX-License-Identifier: Apache-2.0
/** The command: parses its options, runs the measurement and writes the results. */
@NullMarked
package io.flafka.benchmarks;

import org.jspecify.annotations.NullMarked;
