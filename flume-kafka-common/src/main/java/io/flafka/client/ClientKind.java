// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A kind of Kafka client, and what each of it must and must not be.
 *
 * @param prefix below which an agent file has its properties
 * @param names of all its properties
 * @param defaults which an agent file may replace
 * @param forced which an agent file cannot replace
 * @param owned which an agent file may not set otherwise
 */
record ClientKind(
        String prefix,
        Set<String> names,
        Map<String, String> defaults,
        Map<String, String> forced,
        List<RestrictedProperty> owned) {

    /** Reads. */
    static final ClientKind CONSUMER = new ClientKind(
            ClientProperties.CONSUMER_PREFIX,
            ConsumerConfig.configNames(),
            Map.of(
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName(),
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName()),
            Map.of(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
            List.of(
                    RestrictedProperty.autoCommit(),
                    RestrictedProperty.keyDeserializer(),
                    RestrictedProperty.valueDeserializer()));

    /** Writes. */
    static final ClientKind PRODUCER = new ClientKind(
            ClientProperties.PRODUCER_PREFIX,
            ProducerConfig.configNames(),
            Map.of(
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName(),
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()),
            Map.of(),
            List.of(
                    RestrictedProperty.keySerializer(),
                    RestrictedProperty.valueSerializer(),
                    RestrictedProperty.noTransactions()));

    /** Whether a property that all clients of a component share is for this kind: all but those that only the other has. */
    boolean takes(String name) {
        return names.contains(name) || Stream.of(CONSUMER, PRODUCER).noneMatch(kind -> kind.names.contains(name));
    }
}
