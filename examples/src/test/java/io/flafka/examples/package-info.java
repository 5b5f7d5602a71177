// SPDX-License-Identifier: Apache-2.0
/** Runs every example with a real agent, a real Kafka and, if needed, a real HDFS. */
@NullMarked
package io.flafka.examples;

import org.jspecify.annotations.NullMarked;
