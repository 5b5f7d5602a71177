// SPDX-License-Identifier: Apache-2.0
package org.apache.flume.source.kafka;

/** The name that agent files written for Flume's own Kafka source use; the same source as {@link io.flafka.KafkaSource}. */
public class KafkaSource extends io.flafka.KafkaSource {}
