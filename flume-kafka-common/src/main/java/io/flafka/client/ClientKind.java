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
 * A kind of Kafka client, with the rules for its properties.
 *
 * @param prefix the prefix of its properties in an agent file
 * @param names Kafka's names of all its properties
 * @param defaults values that an agent file may replace
 * @param forced values that an agent file cannot replace
 * @param restricted properties that an agent file may set only to certain values
 */
record ClientKind(
        String prefix,
        Set<String> names,
        Map<String, String> defaults,
        Map<String, String> forced,
        List<RestrictedProperty> restricted) {

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

    /** Returns whether a property under {@code kafka.client.} is for this kind: every property but those that only the other kind has. */
    boolean accepts(String name) {
        return names.contains(name) || Stream.of(CONSUMER, PRODUCER).noneMatch(kind -> kind.names.contains(name));
    }
}
