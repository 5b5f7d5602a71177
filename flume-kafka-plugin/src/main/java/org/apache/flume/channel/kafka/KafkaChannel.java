// SPDX-License-Identifier: Apache-2.0
package org.apache.flume.channel.kafka;

/** The Kafka channel under the type name of Flume's own Kafka channel, for existing agent files. The same as {@link io.flafka.KafkaChannel}. */
public class KafkaChannel extends io.flafka.KafkaChannel {}
