// SPDX-License-Identifier: Apache-2.0
/**
 * The code in a contender's JVM, on the contender's class path: the JDK, Flume's API, and the part of Kafka's API that
 * old and new clients share.
 */
@NullMarked
package io.flafka.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
