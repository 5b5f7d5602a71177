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
 * A property of a Kafka client whose value the component depends on: another value would lose events or break the component.
 *
 * @param name Kafka's name of the property
 * @param accepts whether a value does no harm
 * @param allowed the allowed value and the reason, completing the sentence "must be …"
 */
record RestrictedProperty(String name, Predicate<String> accepts, String allowed) {

    private static final String KAFKA_SERIALIZATION = StringSerializer.class.getPackageName() + ".";

    /** Only the component commits offsets. */
    static RestrictedProperty autoCommit() {
        return new RestrictedProperty(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                value -> !value.equalsIgnoreCase("true"),
                "false: this plugin commits offsets itself, once events are safe");
    }

    /** Event headers are text, so keys must be text too. */
    static RestrictedProperty keyDeserializer() {
        return key(
                ClientProperties.CONSUMER_PREFIX,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class);
    }

    /** Event headers are text, so keys must be text too. */
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

    /** For components that do not use Kafka transactions; the others declare the property themselves. */
    static RestrictedProperty noTransactions() {
        return new RestrictedProperty(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                value -> false,
                "left out: this component does not use Kafka transactions, and a producer with this id can send only within one");
    }

    private static RestrictedProperty key(String prefix, String name, Class<?> type) {
        return new RestrictedProperty(
                name,
                value -> isOwnClassOr(type, value),
                type.getName()
                        + " or a class of your own, because an event's key is text; to keep keys byte for byte, set "
                        + prefix + name + ".encoding = ISO-8859-1");
    }

    private static RestrictedProperty value(String name, Class<?> type) {
        return new RestrictedProperty(
                name,
                value -> isOwnClassOr(type, value),
                type.getName() + " or a class of your own, because an event's body is a byte[]");
    }

    private static boolean isOwnClassOr(Class<?> type, String value) {
        return value.equals(type.getName()) || !value.startsWith(KAFKA_SERIALIZATION);
    }
}
