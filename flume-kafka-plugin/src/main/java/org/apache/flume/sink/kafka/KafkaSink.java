// SPDX-License-Identifier: Apache-2.0
package org.apache.flume.sink.kafka;

/** The Kafka sink under the type name of Flume's own Kafka sink, for existing agent files. The same as {@link io.flafka.KafkaSink}. */
public class KafkaSink extends io.flafka.KafkaSink {}
