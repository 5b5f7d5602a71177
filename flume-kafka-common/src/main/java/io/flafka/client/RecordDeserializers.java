// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.LogSafeText;
import io.flafka.event.UnreadableRecordException;
import io.flafka.failure.CustomClassRejection;
import io.flafka.failure.UnusableClassException;
import io.flafka.lifecycle.StartedResources;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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

    private final Deserializer<?> key;
    private final Deserializer<?> value;

    private RecordDeserializers(Deserializer<?> key, Deserializer<?> value) {
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
        try (StartedResources parts = new StartedResources()) {
            Deserializer<?> key = parts.add(
                    make(properties, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class),
                    Deserializer::close);
            Deserializer<?> value = parts.add(
                    make(properties, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                    Deserializer::close);
            key.configure(properties, true);
            value.configure(properties, false);
            parts.handOver();
            return new RecordDeserializers(key, value);
        } catch (KafkaException refused) {
            throw consumer.refused("consumer", refused);
        } catch (ClientCreationException told) {
            throw told;
        } catch (RuntimeException | LinkageError refused) {
            // Whatever a class of the operator's own throws says the same: not with these settings.
            throw new ClientCreationException("a deserializer of kafka.consumer.* cannot be configured: " + refused);
        }
    }

    private static Deserializer<?> make(
            Map<String, Object> properties, String name, Class<? extends Deserializer<?>> byDefault) {
        Object given = properties.getOrDefault(name, byDefault.getName());
        try {
            Class<?> type =
                    Class.forName(given.toString(), true, Thread.currentThread().getContextClassLoader());
            return type.asSubclass(Deserializer.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError refused) {
            throw new ClientCreationException(name + " = " + LogSafeText.quoted(given) + " cannot be made: "
                    + CustomClassCheck.misplaced(Map.of(name, given)).orElse(refused.toString()));
        }
    }

    /**
     * The record's key as text, or null if it has none: what the deserializer makes, in words of its own ({@code toString()}) unless it is a text; bytes
     * are UTF-8.
     *
     * @throws UnreadableRecordException if the deserializer does not take it
     * @throws UnusableClassException if the deserializer cannot work at all
     */
    public @Nullable String keyOf(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return record.key() == null ? null : read(key, record, record.key(), RecordDeserializers::text);
    }

    /**
     * The record's value, or null if it has none, or the deserializer makes null of it; not a copy, unless the deserializer makes one. A text becomes
     * UTF-8, and so does what an object says of itself ({@code toString()}), which is JSON for a record of Avro's.
     *
     * @throws UnreadableRecordException if the deserializer does not take it
     * @throws UnusableClassException if the deserializer cannot work at all
     */
    public byte @Nullable [] valueOf(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return record.value() == null ? null : read(value, record, record.value(), RecordDeserializers::bytes);
    }

    private static String text(Object made) {
        if (made instanceof byte[] || made instanceof ByteBuffer) {
            return new String(bytes(made), UTF_8);
        }
        // What says null of itself is refused like what throws.
        return Objects.requireNonNull(made.toString(), "toString() is null");
    }

    private static byte[] bytes(Object made) {
        if (made instanceof byte[] bytes) {
            return bytes;
        }
        if (made instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return text(made).getBytes(UTF_8);
    }

    private static <T> @Nullable T read(
            Deserializer<?> deserializer, ConsumerRecord<byte[], byte[]> record, byte[] bytes, Function<Object, T> as)
            throws UnreadableRecordException {
        try {
            Object made = deserializer.deserialize(record.topic(), record.headers(), bytes);
            return made == null ? null : as.apply(made);
        } catch (LinkageError missing) {
            throw new UnusableClassException(deserializer.getClass().getName(), missing);
        } catch (RuntimeException | StackOverflowError refused) {
            // Whatever a class of the operator's own throws says the same: not this record.
            throw new UnreadableRecordException(
                    CustomClassRejection.message(deserializer.getClass().getName(), refused));
        }
    }

    @Override
    public void close() {
        key.close();
        value.close();
    }
}
