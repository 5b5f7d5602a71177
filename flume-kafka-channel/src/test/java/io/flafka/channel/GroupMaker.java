// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.client.ClientSettings;
import io.flafka.consume.FirstOffsets;
import io.flafka.consume.ReadPositions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;

/** Gives a reader one mock consumer after the other. */
final class GroupMaker implements ReaderClient.Maker {

    private final String groupProtocol;
    private final List<MockGroup> groups;
    private final AtomicInteger made = new AtomicInteger();

    /** Of the classic protocol. */
    GroupMaker(MockGroup... groups) {
        this("classic", groups);
    }

    GroupMaker(String groupProtocol, MockGroup... groups) {
        this.groupProtocol = groupProtocol;
        this.groups = List.of(groups);
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return groups.get(made.getAndIncrement());
    }

    @Override
    public String groupProtocol() {
        return groupProtocol;
    }

    @Override
    public ReadPositions positions(Consumer<byte[], byte[]> consumer) {
        return new ReadPositions(
                "KafkaChannel c1",
                new ClientSettings(Map.of("auto.offset.reset", "earliest")),
                consumer,
                FirstOffsets.OF_KAFKA);
    }
}
