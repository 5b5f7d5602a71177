// SPDX-License-Identifier: Apache-2.0
/** The command: what it was asked for, and where its results go. */
@NullMarked
package io.flafka.benchmarks;

import org.jspecify.annotations.NullMarked;
