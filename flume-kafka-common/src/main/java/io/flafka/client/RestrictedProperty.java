// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A property of a Kafka client that the component needs to be as it is: another value would lose events or break it.
 *
 * @param name Kafka's own
 * @param accepts the values that are as good as leaving it out
 * @param allowed what may be written and why, as it ends the sentence "must be …"
 */
record RestrictedProperty(String name, Predicate<String> accepts, String allowed) {

    private static final String KAFKA_S_OWN = StringSerializer.class.getPackageName() + ".";

    /** Offsets are ours to commit. */
    static RestrictedProperty autoCommit() {
        return new RestrictedProperty(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                value -> !value.equalsIgnoreCase("true"),
                "false: offsets are committed when the events are safe, not by a timer");
    }

    /** Event headers are texts, and so are keys. */
    static RestrictedProperty keyDeserializer() {
        return key(
                ClientProperties.CONSUMER_PREFIX,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class);
    }

    /** Event headers are texts, and so are keys. */
    static RestrictedProperty keySerializer() {
        return key(
                ClientProperties.PRODUCER_PREFIX, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    }

    /** Event bodies are bytes. */
    static RestrictedProperty valueDeserializer() {
        return value(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    }

    /** Event bodies are bytes. */
    static RestrictedProperty valueSerializer() {
        return value(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    }

    /** Of a component that makes no Kafka transactions; others declare the property. */
    static RestrictedProperty noTransactions() {
        return new RestrictedProperty(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                value -> false,
                "left out: this component makes no Kafka transactions, and a producer with this id sends nothing outside of one");
    }

    private static RestrictedProperty key(String prefix, String name, Class<?> type) {
        return new RestrictedProperty(
                name,
                value -> isOwnClassOr(type, value),
                type.getName()
                        + " or a class of your own: an event's key is a text; for keys that must stay byte for byte write "
                        + prefix + name + ".encoding = ISO-8859-1");
    }

    private static RestrictedProperty value(String name, Class<?> type) {
        return new RestrictedProperty(
                name,
                value -> isOwnClassOr(type, value),
                type.getName() + " or a class of your own: an event's body is a byte[]");
    }

    private static boolean isOwnClassOr(Class<?> type, String value) {
        return value.equals(type.getName()) || !value.startsWith(KAFKA_S_OWN);
    }
}
