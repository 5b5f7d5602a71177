// SPDX-License-Identifier: Apache-2.0
package org.apache.flume.source.kafka;

/** The Kafka source under the type name of Flume's own Kafka source, for existing agent files. The same as {@link io.flafka.KafkaSource}. */
public class KafkaSource extends io.flafka.KafkaSource {}
