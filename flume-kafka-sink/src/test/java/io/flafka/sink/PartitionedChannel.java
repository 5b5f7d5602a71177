// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel of several partitions. Each keeps its order, but after every transaction another partition comes first: the worst case for a sink.
 *
 * <p>Makes a new event for each take. For one thread at a time.
 */
final class PartitionedChannel extends AbstractChannel {

    /** An item of a partition. Two items with equal bodies are not equal. */
    static final class Item {
        final String body;

        Item(String body) {
            this.body = body;
        }
    }

    private final Deque<Deque<Item>> partitions = new ArrayDeque<>();
    private final List<Item> taken = new ArrayList<>();
    private final List<Deque<Item>> takenFrom = new ArrayList<>();
    private final Function<Item, Event> toEvent;

    PartitionedChannel(Function<Item, Event> toEvent) {
        this.toEvent = toEvent;
    }

    void add(List<String> partition) {
        Deque<Item> items = new ArrayDeque<>();
        partition.forEach(body -> items.add(new Item(body)));
        partitions.add(items);
    }

    @Override
    public void put(Event event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Event take() {
        for (Deque<Item> partition : partitions) {
            if (!partition.isEmpty()) {
                Item item = partition.removeFirst();
                taken.add(item);
                takenFrom.add(partition);
                return toEvent.apply(item);
            }
        }
        return null;
    }

    @Override
    public Transaction getTransaction() {
        return new Transaction() {
            @Override
            public void begin() {}

            @Override
            public void commit() {
                end();
            }

            @Override
            public void rollback() {
                for (int i = taken.size() - 1; i >= 0; i--) {
                    takenFrom.get(i).addFirst(taken.get(i));
                }
                end();
            }

            @Override
            public void close() {}
        };
    }

    private void end() {
        taken.clear();
        takenFrom.clear();
        partitions.add(partitions.remove());
    }
}
