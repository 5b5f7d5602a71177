// SPDX-License-Identifier: Apache-2.0
/** Starts the broker, the topics and the workers, one run after the other, and collects the results. */
@NullMarked
package io.flafka.benchmarks.run;

import org.jspecify.annotations.NullMarked;
