// SPDX-License-Identifier: Apache-2.0
/** What runs in a contender's JVM, on the contender's class path: the JDK, Flume's API, and Kafka's where old and new client agree. */
@NullMarked
package io.flafka.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
