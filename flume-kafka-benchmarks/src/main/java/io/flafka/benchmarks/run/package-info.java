// SPDX-License-Identifier: Apache-2.0
/** Starts the broker, the topics and the workers, in turn, and keeps what they measured. */
@NullMarked
package io.flafka.benchmarks.run;

import org.jspecify.annotations.NullMarked;
