// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.take.RecordToChannelEvent.LocationHeaders;
import io.flafka.client.ClientSettings;
import io.flafka.config.NamePatterns;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.event.UnreadableRecordException;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The headers of a taken event. */
class RecordToChannelEventTest {

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void hasOnlyTheKeyByDefault() throws UnreadableRecordException {
        headers.add("host", "h".getBytes(UTF_8));

        assertThat(event(HeaderSelection.none(), LocationHeaders.OMITTED).getHeaders())
                .isEqualTo(Map.of("key", "k"));
    }

    @Test
    void hasTheSelectedHeaders() throws UnreadableRecordException {
        headers.add("host", "h".getBytes(UTF_8));

        assertThat(event(all(), LocationHeaders.OMITTED).getHeaders()).isEqualTo(Map.of("key", "k", "host", "h"));
    }

    @Test
    void hasItsPlaceInHeadersThatRouteNoSink() throws UnreadableRecordException {
        assertThat(event(all(), LocationHeaders.ADDED).getHeaders())
                .isEqualTo(Map.of(
                        "key",
                        "k",
                        "kafka.topic",
                        "t",
                        "kafka.partition",
                        "3",
                        "kafka.offset",
                        "42",
                        "timestamp",
                        "77"));
    }

    @Test
    void keepsItsOwnTimestamp() throws UnreadableRecordException {
        headers.add("timestamp", "5".getBytes(UTF_8));

        assertThat(event(all(), LocationHeaders.ADDED).getHeaders()).containsEntry("timestamp", "5");
    }

    private Event event(HeaderSelection selection, LocationHeaders locationHeaders) throws UnreadableRecordException {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "t",
                3,
                42,
                77,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[] {'k'},
                new byte[] {1},
                headers,
                Optional.empty());
        try (ThreadDeserializers deserializers = new ThreadDeserializers(new ClientSettings(Map.of()))) {
            return new RecordToChannelEvent(deserializers.get(), new RawEventCodec(), selection, locationHeaders)
                    .event(record);
        }
    }

    private static HeaderSelection all() {
        return new HeaderSelection(NamePatterns.of("*"), NamePatterns.NONE, UTF_8);
    }
}
