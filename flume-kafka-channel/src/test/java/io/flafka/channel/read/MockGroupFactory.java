// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.consume.IdleConsumerReport;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.consume.offsets.StartingOffsets;
import io.flafka.failure.ClientAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;

/** Gives a reader mock consumers, one after the other. */
final class MockGroupFactory implements ReaderClient.Factory {

    private final String groupProtocol;
    private final List<MockGroup> groups;
    private final AtomicInteger created = new AtomicInteger();

    /** Uses the classic group protocol. */
    MockGroupFactory(MockGroup... groups) {
        this("classic", groups);
    }

    MockGroupFactory(String groupProtocol, MockGroup... groups) {
        this.groupProtocol = groupProtocol;
        this.groups = List.of(groups);
    }

    /** Creates a reader of channel {@code c1} with consumers from this factory. */
    static ReaderThread reader(
            ReaderClient.Factory factory,
            Duration commitInterval,
            Duration revocationGrace,
            TakeBuffer buffer,
            ChannelMetrics metrics) {
        return new ReaderThread(
                "c1",
                new ReadSettings("t", ReadRange.WHOLE, commitInterval, revocationGrace),
                "reader",
                factory,
                new IdleConsumerReport("c1", factory.access(), "topic t", names -> true, System::nanoTime),
                buffer,
                metrics);
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return groups.get(created.getAndIncrement());
    }

    @Override
    public String groupProtocol() {
        return groupProtocol;
    }

    @Override
    public ClientAccess access() {
        return new ClientAccess("broker:9092", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.READS);
    }

    @Override
    public ReadPositions positions(Consumer<byte[], byte[]> consumer) {
        return new ReadPositions(
                "KafkaChannel c1",
                new ClientSettings(Map.of("auto.offset.reset", "earliest")),
                consumer,
                StartingOffsets.KAFKA_ONLY,
                ReadRange.WHOLE,
                KafkaClients.REAL::admin);
    }
}
