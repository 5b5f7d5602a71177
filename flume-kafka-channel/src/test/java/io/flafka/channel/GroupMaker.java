// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.consume.FirstOffsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;

/** Gives a reader one mock consumer after the other. */
final class GroupMaker implements ReaderClient.Maker {

    private final List<MockGroup> groups;
    private final AtomicInteger made = new AtomicInteger();

    GroupMaker(MockGroup... groups) {
        this.groups = List.of(groups);
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return groups.get(made.getAndIncrement());
    }

    @Override
    public FirstOffsets firstOffsets(Consumer<byte[], byte[]> consumer) {
        return FirstOffsets.OF_KAFKA;
    }
}
