// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.event.MalformedEventException;
import io.flafka.lifecycle.StartedParts;
import java.util.Map;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The (de)serializers of an agent file, for a consumer that leaves keys and values as bytes: what cannot be read can be kept as it was, and does not
 * keep Kafka's client from going on.
 *
 * <p>For one thread, as Kafka's deserializers are.
 */
public final class RecordDeserializers implements AutoCloseable {

    private final Deserializer<String> key;
    private final Deserializer<byte[]> value;

    private RecordDeserializers(Deserializer<String> key, Deserializer<byte[]> value) {
        this.key = key;
        this.value = value;
    }

    /**
     * As the settings of a consumer name and configure them.
     *
     * @throws FlumeException if one of them cannot be made
     */
    public static RecordDeserializers of(ClientSettings consumer) {
        Map<String, Object> properties = consumer.properties();
        try (StartedParts parts = new StartedParts()) {
            Deserializer<String> key = parts.add(
                    make(properties, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class),
                    Deserializer::close);
            Deserializer<byte[]> value = parts.add(
                    make(properties, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                    Deserializer::close);
            key.configure(properties, true);
            value.configure(properties, false);
            parts.keep();
            return new RecordDeserializers(key, value);
        } catch (KafkaException refused) {
            throw consumer.refused("consumer", refused);
        }
    }

    /** Only its caller knows what a class of the operator's own makes; another type shows at the first record, as with Kafka's client. */
    @SuppressWarnings("unchecked")
    private static <T> Deserializer<T> make(
            Map<String, Object> properties, String name, Class<? extends Deserializer<T>> byDefault) {
        Object given = properties.getOrDefault(name, byDefault.getName());
        try {
            Class<?> type =
                    Class.forName(given.toString(), true, Thread.currentThread().getContextClassLoader());
            return (Deserializer<T>)
                    type.asSubclass(Deserializer.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException refused) {
            throw new ClientRefusedException(name + " = " + given + " cannot be made: " + refused);
        }
    }

    /**
     * The record's key, or null if it has none.
     *
     * @throws MalformedEventException if the deserializer does not take it
     */
    public @Nullable String keyOf(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
        return record.key() == null ? null : read(key, record, record.key());
    }

    /**
     * The record's value, or null if it has none; not a copy, unless the deserializer makes one.
     *
     * @throws MalformedEventException if the deserializer does not take it
     */
    public byte @Nullable [] valueOf(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
        return record.value() == null ? null : read(value, record, record.value());
    }

    private static <T> T read(Deserializer<T> deserializer, ConsumerRecord<byte[], byte[]> record, byte[] bytes)
            throws MalformedEventException {
        try {
            return deserializer.deserialize(record.topic(), record.headers(), bytes);
        } catch (RuntimeException refused) {
            // Whatever a class of the operator's own throws says the same: not this record.
            throw new MalformedEventException(
                    deserializer.getClass().getName() + " does not take the record: " + refused);
        }
    }

    @Override
    public void close() {
        key.close();
        value.close();
    }
}
