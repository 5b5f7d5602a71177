// SPDX-License-Identifier: Apache-2.0
package org.apache.flume.channel.kafka;

/** The name that agent files written for Flume's own Kafka channel use; the same channel as {@link io.flafka.KafkaChannel}. */
public class KafkaChannel extends io.flafka.KafkaChannel {}
