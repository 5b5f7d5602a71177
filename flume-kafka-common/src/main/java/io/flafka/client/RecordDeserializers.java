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
 * Applies the agent file's deserializers after the poll. The consumer itself leaves keys and values as bytes, so an unreadable record keeps its bytes
 * and does not stop Kafka's client.
 *
 * <p>For one thread, like Kafka's deserializers.
 */
public final class RecordDeserializers implements AutoCloseable {

    private final Deserializer<?> key;
    private final Deserializer<?> value;

    private RecordDeserializers(Deserializer<?> key, Deserializer<?> value) {
        this.key = key;
        this.value = value;
    }

    /**
     * Creates and configures the deserializers that a consumer's settings name.
     *
     * @throws FlumeException if one of them cannot be created or configured
     */
    public static RecordDeserializers of(ClientSettings consumer) {
        Map<String, Object> properties = consumer.properties();
        try (StartedResources parts = new StartedResources()) {
            Deserializer<?> key = parts.add(
                    create(properties, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class),
                    Deserializer::close);
            Deserializer<?> value = parts.add(
                    create(properties, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class),
                    Deserializer::close);
            key.configure(properties, true);
            value.configure(properties, false);
            parts.handOver();
            return new RecordDeserializers(key, value);
        } catch (KafkaException rejected) {
            throw consumer.creationFailure("consumer", rejected);
        } catch (ClientCreationException explained) {
            throw explained;
        } catch (RuntimeException | LinkageError rejected) {
            // An operator's class may throw anything: it means that these settings do not work.
            throw new ClientCreationException("a deserializer of kafka.consumer.* cannot be configured: " + rejected);
        }
    }

    private static Deserializer<?> create(
            Map<String, Object> properties, String name, Class<? extends Deserializer<?>> byDefault) {
        Object given = properties.getOrDefault(name, byDefault.getName());
        try {
            Class<?> type =
                    Class.forName(given.toString(), true, Thread.currentThread().getContextClassLoader());
            return type.asSubclass(Deserializer.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError failed) {
            throw new ClientCreationException(name + " = " + LogSafeText.quoted(given) + " cannot be created: "
                    + CustomClassCheck.misplaced(Map.of(name, given)).orElse(failed.toString()));
        }
    }

    /**
     * Returns the record's key as text, or null if there is none. Bytes are read as UTF-8; any other object is converted with {@code toString()}.
     *
     * @throws UnreadableRecordException if the deserializer rejects it
     * @throws UnusableClassException if the deserializer cannot work, because a class that it needs is missing
     */
    public @Nullable String keyOf(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return record.key() == null ? null : read(key, record, record.key(), RecordDeserializers::text);
    }

    /**
     * Returns the record's value, or null if there is none or the deserializer returns null. Text becomes UTF-8, as does {@code toString()} of any
     * other object, which is JSON for an Avro record. The bytes are not copied, unless the deserializer does.
     *
     * @throws UnreadableRecordException if the deserializer rejects it
     * @throws UnusableClassException if the deserializer cannot work, because a class that it needs is missing
     */
    public byte @Nullable [] valueOf(ConsumerRecord<byte[], byte[]> record) throws UnreadableRecordException {
        return record.value() == null ? null : read(value, record, record.value(), RecordDeserializers::bytes);
    }

    private static String text(Object result) {
        if (result instanceof byte[] || result instanceof ByteBuffer) {
            return new String(bytes(result), UTF_8);
        }
        // A null text is rejected like an exception.
        return Objects.requireNonNull(result.toString(), "toString() is null");
    }

    private static byte[] bytes(Object result) {
        if (result instanceof byte[] bytes) {
            return bytes;
        }
        if (result instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return text(result).getBytes(UTF_8);
    }

    private static <T> @Nullable T read(
            Deserializer<?> deserializer,
            ConsumerRecord<byte[], byte[]> record,
            byte[] bytes,
            Function<Object, T> conversion)
            throws UnreadableRecordException {
        try {
            Object result = deserializer.deserialize(record.topic(), record.headers(), bytes);
            return result == null ? null : conversion.apply(result);
        } catch (LinkageError missing) {
            throw new UnusableClassException(deserializer.getClass().getName(), missing);
        } catch (RuntimeException | StackOverflowError rejected) {
            // An operator's class may throw anything: it means that it cannot read this record.
            throw new UnreadableRecordException(
                    CustomClassRejection.message(deserializer.getClass().getName(), rejected));
        }
    }

    @Override
    public void close() {
        key.close();
        value.close();
    }
}
