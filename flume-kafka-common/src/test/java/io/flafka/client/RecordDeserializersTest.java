// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.event.UnreadableRecordException;
import io.flafka.failure.UnusableClassException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applies the operator's deserializers: their result becomes key or body, and what they throw makes the record unreadable. */
class RecordDeserializersTest {

    private static final byte[] BYTES = {1, 2};

    /** What the deserializer returns; static because Kafka creates it by its class name. */
    private static Function<byte[], @Nullable Object> rule = bytes -> bytes;

    private static Runnable onConfigure = () -> {};

    /** Returns what the test wants. */
    public static final class Scripted implements Deserializer<Object> {

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            onConfigure.run();
        }

        @Override
        public @Nullable Object deserialize(String topic, byte[] data) {
            return rule.apply(data);
        }
    }

    /** An object with a text. */
    private record Named(@Nullable String name) {

        @Override
        @SuppressWarnings("NullAway") // As a careless class may have it.
        public String toString() {
            return name;
        }
    }

    @AfterEach
    void reset() {
        rule = bytes -> bytes;
        onConfigure = () -> {};
    }

    @Test
    void byDefaultTheValueIsTheRecordsBytesAndTheKeyItsText() throws UnreadableRecordException {
        try (RecordDeserializers deserializers = RecordDeserializers.of(new ClientSettings(Map.of()))) {
            byte[] value = "v".getBytes(UTF_8);

            assertThat(deserializers.valueOf(record(null, value))).isSameAs(value);
            assertThat(deserializers.keyOf(record("k".getBytes(UTF_8), null))).isEqualTo("k");
            assertThat(deserializers.keyOf(record(null, null))).isNull();
            assertThat(deserializers.valueOf(record(null, null))).isNull();
        }
    }

    @Test
    void objectBecomesItsText() throws UnreadableRecordException {
        assertThat(textOf(bytes -> "text \u00fc")).isEqualTo("text \u00fc");
        assertThat(textOf(bytes -> new Named("{\"a\": 1}"))).isEqualTo("{\"a\": 1}");
        assertThat(textOf(bytes -> 42)).isEqualTo("42");
        assertThat(textOf(bytes -> "b".getBytes(UTF_8))).isEqualTo("b");
        assertThat(textOf(bytes -> ByteBuffer.wrap("xbuf".getBytes(UTF_8), 1, 3)))
                .isEqualTo("buf");
    }

    @Test
    void nullIsATombstone() throws UnreadableRecordException {
        rule = bytes -> null;
        try (RecordDeserializers deserializers = scripted()) {
            assertThat(deserializers.valueOf(record(BYTES, BYTES))).isNull();
            assertThat(deserializers.keyOf(record(BYTES, BYTES))).isNull();
        }
    }

    @Test
    void recordIsUnreadableIfTheDeserializerThrows() {
        assertUnreadable(
                bytes -> {
                    throw new IllegalStateException("schema 7 is not known");
                },
                "java.lang.IllegalStateException: schema 7 is not known");
        assertUnreadable(
                bytes -> {
                    throw new StackOverflowError();
                },
                "java.lang.StackOverflowError");
        assertUnreadable(bytes -> new Named(null), "java.lang.NullPointerException: toString() is null");
    }

    @Test
    void unusableClassIsNotABadRecord() {
        rule = bytes -> {
            throw new NoClassDefFoundError("com/example/Dep");
        };
        try (RecordDeserializers deserializers = scripted()) {
            assertThatThrownBy(() -> deserializers.valueOf(record(null, BYTES)))
                    .isInstanceOf(UnusableClassException.class)
                    .hasMessageContainingAll(Scripted.class.getName(), "com/example/Dep", "drop-in/");
            assertThatThrownBy(() -> deserializers.keyOf(record(BYTES, null)))
                    .isInstanceOf(UnusableClassException.class);
        }
    }

    @Test
    void deserializerThatRejectsItsSettingsIsReportedAtTheStart() {
        onConfigure = () -> {
            throw new IllegalArgumentException("schema.registry.url is missing");
        };

        assertThatThrownBy(RecordDeserializersTest::scripted)
                .isInstanceOf(FlumeException.class)
                .hasMessage(
                        "a deserializer of kafka.consumer.* cannot be configured: java.lang.IllegalArgumentException:"
                                + " schema.registry.url is missing");
    }

    private static void assertUnreadable(Function<byte[], @Nullable Object> throwing, String reason) {
        rule = throwing;
        String message = Scripted.class.getName() + " rejects the record: " + reason;
        try (RecordDeserializers deserializers = scripted()) {
            assertThatThrownBy(() -> deserializers.valueOf(record(null, BYTES)))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> deserializers.keyOf(record(BYTES, null)))
                    .isInstanceOf(UnreadableRecordException.class)
                    .hasMessage(message);
        }
    }

    /** Returns the value as text, after checking that a key gives the same. */
    private static String textOf(Function<byte[], @Nullable Object> deserializer) throws UnreadableRecordException {
        rule = deserializer;
        try (RecordDeserializers deserializers = scripted()) {
            byte[] value = deserializers.valueOf(record(null, BYTES));
            assertThat(value).isNotNull();
            String text = new String(value, UTF_8);
            assertThat(deserializers.keyOf(record(BYTES, null))).isEqualTo(text);
            return text;
        }
    }

    private static RecordDeserializers scripted() {
        String name = Scripted.class.getName();
        return RecordDeserializers.of(new ClientSettings(Map.of("value.deserializer", name, "key.deserializer", name)));
    }

    private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, key, value, new RecordHeaders(), Optional.empty());
    }
}
