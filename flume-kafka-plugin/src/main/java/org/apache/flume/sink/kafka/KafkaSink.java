// SPDX-License-Identifier: Apache-2.0
package org.apache.flume.sink.kafka;

/** The name that agent files written for Flume's own Kafka sink use; the same sink as {@link io.flafka.KafkaSink}. */
public class KafkaSink extends io.flafka.KafkaSink {}
