// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.config.NamePatterns;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.EventCodec;
import io.flafka.event.HeaderMapping;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.RawEventCodec;
import io.flafka.event.UnreadableRecordException;
import io.flafka.event.UnwritableEventException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** The record that is made of an event. */
class EventToRecordTest {

    private static final byte[] BODY = "body".getBytes(UTF_8);

    @Test
    void recordOfEventWithoutSpecialHeadersHasOnlyValue() {
        ProducerRecord<String, byte[]> record = mapping(new RawEventCodec()).map(event(Map.of("host", "h")));

        assertThat(record).isEqualTo(new ProducerRecord<>("t", null, null, null, BODY));
    }

    @Test
    void headersChooseKeyPartitionTimestampAndTopic() {
        ProducerRecord<String, byte[]> record = mapping(new RawEventCodec())
                .map(event(Map.of("key", "k", "part", "1", "ts", "1234", "topic", "other")));

        assertThat(record).isEqualTo(new ProducerRecord<>("other", 1, 1234L, "k", BODY));
    }

    @Test
    void keyComesFromConfiguredHeader() {
        EventToRecord mapping = mapping("user", OptionalInt.empty(), HeaderMapping.none(), HeaderSelection.none());

        assertThat(mapping.map(event(Map.of("key", "k", "user", "u"))).key()).isEqualTo("u");
    }

    @Test
    void eventWithoutKeyHasTheDefaultKey() {
        EventToRecord mapping = mapping("user", OptionalInt.empty(), HeaderMapping.none(), HeaderSelection.none());

        assertThat(mapping.map(event(Map.of("key", "k"))).key()).isEqualTo("d");
    }

    @Test
    void everyRecordHasTheConstantHeadersBeforeThoseOfTheEvent() {
        EventToRecord mapping =
                mapping("key", OptionalInt.empty(), new HeaderMapping(Map.of("site", "site")), HeaderSelection.none());

        assertThat(mapping.map(event(Map.of("site", "basel"))).headers())
                .containsExactly(
                        new RecordHeader("app", "müesli".getBytes(UTF_8)),
                        new RecordHeader("site", "bern".getBytes(UTF_8)),
                        new RecordHeader("site", "basel".getBytes(UTF_8)));
    }

    @Test
    void avroValueHasAllHeaders() throws UnreadableRecordException {
        AvroEventCodec codec = new AvroEventCodec();
        Map<String, String> headers = Map.of("key", "k", "host", "h");

        Event read = codec.decode(mapping(codec).map(event(headers)).value());

        assertThat(read.getHeaders()).isEqualTo(headers);
        assertThat(read.getBody()).isEqualTo(BODY);
    }

    @Test
    void writesMappedHeadersThatEventHas() {
        EventToRecord mapping = mapping(
                "key",
                OptionalInt.empty(),
                new HeaderMapping(Map.of("host", "x-host", "absent", "x-absent")),
                HeaderSelection.none());

        ProducerRecord<String, byte[]> record = mapping.map(event(Map.of("host", "zürich")));

        assertThat(record.headers()).last().isEqualTo(new RecordHeader("x-host", "zürich".getBytes(UTF_8)));
        assertThat(record.headers()).hasSize(3);
    }

    @Test
    void rejectsHeaderThatCharsetCannotEncode() {
        EventToRecord mapping = mapping(
                "key",
                OptionalInt.empty(),
                HeaderMapping.none(),
                new HeaderSelection(NamePatterns.of("*"), NamePatterns.of("private"), US_ASCII));

        assertThat(mapping.map(event(Map.of("host", "h", "private", "zürich"))).headers())
                .hasSize(3)
                .last()
                .isEqualTo(new RecordHeader("host", "h".getBytes(UTF_8)));
        assertThatThrownBy(() -> mapping.map(event(Map.of("host", "zürich"))))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage(
                        "event header 'host' cannot be written in US-ASCII (headers.charset); add it to headers.exclude to leave it out");
    }

    @Test
    void usesDefaultPartitionWithoutHeader() {
        EventToRecord mapping = mapping("key", OptionalInt.of(3), HeaderMapping.none(), HeaderSelection.none());

        assertThat(mapping.map(event(Map.of())).partition()).isEqualTo(3);
        assertThat(mapping.map(event(Map.of("part", "1"))).partition()).isEqualTo(1);
    }

    @Test
    void usesTimeOfSendingIfTimestampIsInvalid() {
        assertThat(mapping(new RawEventCodec()).map(event(Map.of("ts", "-1"))).timestamp())
                .isNull();
        assertThat(mapping(new RawEventCodec()).map(event(Map.of("ts", "soon"))).timestamp())
                .isNull();
    }

    @Test
    void rejectsInvalidPartition() {
        assertThatThrownBy(() -> mapping(new RawEventCodec()).map(event(Map.of("part", "east"))))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage(
                        "event header 'part' (partitionIdHeader) is 'east', which is not a partition number: it must be an integer of at least 0");
    }

    private static EventToRecord mapping(
            String keyHeader,
            OptionalInt defaultPartition,
            HeaderMapping mappedHeaders,
            HeaderSelection selectedHeaders) {
        return new EventToRecord(
                new TopicRoute("k1", "t", Optional.empty()),
                new RecordKey(keyHeader, Optional.of("d")),
                new PartitionRoute(Optional.of("part"), defaultPartition),
                new TimestampRule("k1", Optional.empty()),
                new RawEventCodec(),
                ConstantHeaders.of(Map.of("site", "bern", "app", "müesli")),
                mappedHeaders,
                selectedHeaders);
    }

    private static EventToRecord mapping(EventCodec codec) {
        return new EventToRecord(
                new TopicRoute("k1", "t", Optional.of(TopicRouteTest.header(".*"))),
                new RecordKey("key", Optional.empty()),
                new PartitionRoute(Optional.of("part"), OptionalInt.empty()),
                new TimestampRule("k1", Optional.of("ts")),
                codec,
                ConstantHeaders.NONE,
                HeaderMapping.none(),
                HeaderSelection.none());
    }

    private static Event event(Map<String, String> headers) {
        return EventBuilder.withBody(BODY, headers);
    }
}
