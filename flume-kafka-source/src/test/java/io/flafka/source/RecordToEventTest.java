// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.RecordDeserializers;
import io.flafka.config.NamePatterns;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.event.UnreadableRecordException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests how raw and Avro records become events, with the headers of stock's source. */
class RecordToEventTest {

    private static final byte[] BODY = "body".getBytes(UTF_8);
    private static final ClientSettings SETTINGS = new ClientSettings(Map.of());

    @Test
    void aRawRecordGivesTheBodyAndStocksHeaders() throws UnreadableRecordException {
        Event event = mapping(new RawEventCodec()).map(record("k", BODY));

        assertThat(event.getBody()).isEqualTo(BODY);
        assertThat(event.getHeaders())
                .isEqualTo(Map.of(
                        "timestamp",
                        "1234",
                        "topic",
                        "t",
                        "kafka.origin.topic",
                        "t",
                        "partition",
                        "2",
                        "offset",
                        "7",
                        "key",
                        "k"));
    }

    @Test
    void aRecordWithoutKeyGetsNoKeyHeader() throws UnreadableRecordException {
        Event event = mapping(new RawEventCodec()).map(record(null, BODY));

        assertThat(event.getHeaders()).doesNotContainKey("key");
    }

    @Test
    void anAvroEventKeepsItsOwnHeadersExceptTheKey() throws UnreadableRecordException {
        AvroEventCodec codec = new AvroEventCodec();
        byte[] value = codec.encode(
                Map.of("timestamp", "1", "topic", "first", "partition", "9", "offset", "3", "key", "old", "h", "v"),
                BODY);

        Event event = mapping(codec).map(record("k", value));

        assertThat(event.getBody()).isEqualTo(BODY);
        assertThat(event.getHeaders())
                .isEqualTo(Map.of(
                        "timestamp",
                        "1",
                        "topic",
                        "first",
                        "kafka.origin.topic",
                        "t",
                        "partition",
                        "9",
                        "offset",
                        "3",
                        "key",
                        "k",
                        "h",
                        "v"));
    }

    @Test
    void omitsTheTopicHeaderIfNoneIsConfigured() throws UnreadableRecordException {
        RecordToEvent mapping =
                mapping(new RawEventCodec(), BodySharing.SHARED, Optional.empty(), HeaderMapping.none());

        assertThat(mapping.map(record("k", BODY)).getHeaders()).doesNotContainKey("topic");
    }

    @Test
    void mappedRecordHeadersReplaceEventHeaders() throws UnreadableRecordException {
        RecordToEvent mapping = mapping(
                new RawEventCodec(),
                BodySharing.SHARED,
                Optional.of("topic"),
                new HeaderMapping(Map.of("offset", "x-offset")));
        ConsumerRecord<byte[], byte[]> record = record("k", BODY);
        record.headers().add("x-offset", "mapped".getBytes(UTF_8));

        assertThat(mapping.map(record).getHeaders()).containsEntry("offset", "mapped");
    }

    @Test
    void selectedRecordHeadersBecomeEventHeadersExceptTheReservedOnes() throws UnreadableRecordException {
        RecordToEvent mapping = selecting("*", UTF_8);
        ConsumerRecord<byte[], byte[]> record = record("k", BODY);
        for (String name : List.of("host", "topic", "partition", "offset", "timestamp", "key", "kafka.origin.topic")) {
            record.headers().add(name, "foreign".getBytes(UTF_8));
        }

        assertThat(mapping.map(record).getHeaders())
                .isEqualTo(Map.of(
                        "host",
                        "foreign",
                        "topic",
                        "t",
                        "kafka.origin.topic",
                        "t",
                        "partition",
                        "2",
                        "offset",
                        "7",
                        "timestamp",
                        "1234",
                        "key",
                        "k"));
    }

    @Test
    void aSelectedHeaderThatIsInvalidInTheCharsetMakesTheRecordUnreadable() {
        ConsumerRecord<byte[], byte[]> record = record("k", BODY);
        record.headers().add("host", new byte[] {(byte) 0xff});

        assertThatThrownBy(() -> selecting("host", UTF_8).map(record))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage(
                        "record header 'host' is not valid UTF-8 (headers.charset); add it to headers.exclude to leave it out");
    }

    private static RecordToEvent selecting(String names, Charset charset) {
        return RecordToEvent.of(
                RecordDeserializers.of(SETTINGS),
                new RawEventCodec(),
                BodySharing.SHARED,
                Optional.of("topic"),
                HeaderMapping.none(),
                new HeaderSelection(NamePatterns.of(names), NamePatterns.NONE, charset));
    }

    @Test
    void aTombstoneBecomesAnEventWithAnEmptyBody() throws UnreadableRecordException {
        for (EventCodec codec : new EventCodec[] {new RawEventCodec(), new AvroEventCodec()}) {
            Event event = mapping(codec).map(record("k", null));

            assertThat(event.getBody()).isEmpty();
            assertThat(event.getHeaders()).containsEntry("key", "k").containsEntry("offset", "7");
        }
    }

    @Test
    void aValueThatIsNotAFlumeEventIsUnreadable() {
        assertThatThrownBy(() -> mapping(new AvroEventCodec()).map(record("k", BODY)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void changingACopiedBodyDoesNotChangeTheRecord() throws UnreadableRecordException {
        RecordToEvent mapping =
                mapping(new RawEventCodec(), BodySharing.COPIED, Optional.of("topic"), HeaderMapping.none());
        ConsumerRecord<byte[], byte[]> record = record("k", "body".getBytes(UTF_8));

        mapping.map(record).getBody()[0] = 'B';

        assertThat(mapping.map(record).getBody()).isEqualTo(BODY);
    }

    @Test
    void theHeadersOfARawEventAreCreatedOnceAndCanBeChanged() throws UnreadableRecordException {
        Event event = mapping(new RawEventCodec()).map(record("k", BODY));

        event.getHeaders().put("h", "v");

        assertThat(event.getHeaders()).containsEntry("h", "v").containsEntry("offset", "7");
        event.setHeaders(Map.of("only", "one"));
        assertThat(event.getHeaders()).isEqualTo(Map.of("only", "one"));
        assertThat(event).hasToString("[Event headers = {only=one}, body.length = 4 ]");
    }

    @Test
    void mapsRecordsUpToTheFirstBadOne() {
        AvroEventCodec codec = new AvroEventCodec();
        ConsumerRecord<byte[], byte[]> good = record("k", codec.encode(Map.of(), BODY));

        RecordToEvent.MappedBatch mapped = mapping(codec).map(List.of(good, good, record("k", BODY), good));

        assertThat(mapped.events()).hasSize(2);
        assertThat(mapped.badRecord().orElseThrow()).asString().startsWith("t-2 offset 7: not a Flume Avro event: ");
    }

    private static RecordToEvent mapping(EventCodec codec) {
        return mapping(codec, BodySharing.SHARED, Optional.of("topic"), HeaderMapping.none());
    }

    private static RecordToEvent mapping(
            EventCodec codec, BodySharing bodySharing, Optional<String> topicHeader, HeaderMapping headers) {
        return RecordToEvent.of(
                RecordDeserializers.of(SETTINGS), codec, bodySharing, topicHeader, headers, HeaderSelection.none());
    }

    private static ConsumerRecord<byte[], byte[]> record(@Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "t",
                2,
                7,
                1234,
                TimestampType.CREATE_TIME,
                1,
                4,
                key == null ? null : key.getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
