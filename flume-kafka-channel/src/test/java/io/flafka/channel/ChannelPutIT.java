// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.RunningChannels.numbered;
import static io.flafka.channel.RunningChannels.numbers;
import static io.flafka.channel.RunningChannels.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests puts on a real broker: large transactions, many sources, records that Kafka rejects. */
class ChannelPutIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Map<String, String> RAW = Map.of("parseAsFlumeEvent", "false");

    private final RunningChannels channels = new RunningChannels();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void putsTenThousandEventsInOneTransaction() {
        TestTopic topic = KAFKA.topic();

        put(channels.start("c1", topic, RAW), numbered(0, 10_000));

        assertThat(topic.readValues(10_000)).isEqualTo(numbers(0, 10_000));
    }

    @Test
    void keepsTheOrderOfEachSourceWhenSourcesPutAtTheSameTime() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = channels.start("c1", topic, RAW);

        List<CompletableFuture<Void>> sources = IntStream.range(0, 4)
                .mapToObj(source -> CompletableFuture.runAsync(() -> {
                    for (int batch = 0; batch < 10; batch++) {
                        put(channel, numbered(source * 1_000 + batch * 100, 100));
                    }
                }))
                .toList();
        sources.forEach(CompletableFuture::join);

        List<Integer> all =
                topic.readValues(4_000).stream().map(Integer::valueOf).toList();
        for (int source = 0; source < 4; source++) {
            int first = source * 1_000;
            assertThat(all.stream().filter(number -> number >= first && number < first + 1_000))
                    .isSorted()
                    .hasSize(1_000);
        }
    }

    @Test
    void theErrorForAnEventAboveTheProducersLimitNamesBothSizes() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = channels.start(
                "c1", topic, Map.of("parseAsFlumeEvent", "false", "kafka.producer.max.request.size", "10000"));

        assertThatThrownBy(() -> put(channel, withLarge(1, 20_000)))
                .isInstanceOf(ChannelException.class)
                .hasMessage("KafkaChannel c1: cannot put event 2 of 3, a record for " + topic.name()
                        + ": RecordTooLargeException: The message is 20087 bytes when serialized which is larger than 10000, which"
                        + " is the value of the max.request.size configuration.; fix the cause, or skip the record with"
                        + " errors.tolerance=all and errors.deadletterqueue.topic.name");
        put(channel, numbered(0, 10));

        assertThat(topic.readToEnd()).hasSize(11);
    }

    @Test
    void theErrorForAnEventAboveTheTopicsLimitNamesTheEventAndTheLimit() {
        TestTopic topic = KAFKA.topic();
        topic.configure(Map.of("max.message.bytes", "15000"));
        ChannelComponent channel = channels.start("c1", topic, RAW);

        assertThatThrownBy(() -> put(channel, withLarge(1, 20_000)))
                .isInstanceOf(ChannelException.class)
                .hasMessageStartingWith("KafkaChannel c1: cannot put event 2 of 3, a record for " + topic.name()
                        + ": RecordTooLargeException: its 20000 bytes of key, headers and value are more than"
                        + " max.message.bytes = 15000 of topic " + topic.name());
        put(channel, numbered(0, 10));

        assertThat(topic.readToEnd()).hasSizeGreaterThanOrEqualTo(12);
    }

    @Test
    void rawEventsKeepTheIncludedHeadersAndGetTheirRecordsPosition() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = channels.start(
                "c1",
                topic,
                Map.of(
                        "parseAsFlumeEvent", "false",
                        "headers.include", "*",
                        "headers.exclude", "secret*",
                        "setRecordHeaders", "true"));
        Map<String, String> headers =
                Map.of("key", "k", "host", "größte", "topic", "elsewhere", "timestamp", "5", "secret", "s");

        put(channel, List.of(EventBuilder.withBody(new byte[] {1}, new HashMap<>(headers))));

        assertThat(RunningChannels.take(channel).getHeaders())
                .isEqualTo(Map.of(
                        "key", "k",
                        "host", "größte",
                        "topic", "elsewhere",
                        "timestamp", "5",
                        "kafka.topic", topic.name(),
                        "kafka.partition", "0",
                        "kafka.offset", "0"));
    }

    private static List<Event> withLarge(int index, int size) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            events.add(EventBuilder.withBody(new byte[i == index ? size : 300]));
        }
        return events;
    }
}
