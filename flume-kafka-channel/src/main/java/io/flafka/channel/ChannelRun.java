// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.channel.put.PutTransaction;
import io.flafka.channel.read.ChannelReaders;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.channel.take.ThreadDeserializers;
import io.flafka.channel.transaction.ChannelTransaction;
import io.flafka.produce.batch.BatchPublisher;
import java.util.function.Supplier;

/**
 * One run of a channel, from start to stop.
 *
 * <p>Thread-safe. The readers start with the first take. A channel without sinks must not join the consumer group: it would keep partitions from the
 * program that reads the topic.
 */
final class ChannelRun implements ChannelTransaction.WorkFactory, AutoCloseable {

    private final Supplier<PutTransaction> puts;
    private final Supplier<TakeTransaction> takes;
    private final ChannelReaders readers;
    private final BatchPublisher publisher;
    private final BadRecordPolicy badRecords;
    private final ThreadDeserializers deserializers;

    /**
     * Creates a run that owns its parts and closes them.
     *
     * @param puts creates put transactions
     * @param takes creates take transactions
     * @param readers fill the buffer that the take transactions read
     * @param publisher used by the put transactions
     * @param badRecords used by all transactions
     * @param deserializers used by the take transactions
     */
    ChannelRun(
            Supplier<PutTransaction> puts,
            Supplier<TakeTransaction> takes,
            ChannelReaders readers,
            BatchPublisher publisher,
            BadRecordPolicy badRecords,
            ThreadDeserializers deserializers) {
        this.puts = puts;
        this.takes = takes;
        this.readers = readers;
        this.publisher = publisher;
        this.badRecords = badRecords;
        this.deserializers = deserializers;
    }

    @Override
    public PutTransaction newPut() {
        return puts.get();
    }

    @Override
    public TakeTransaction newTake() {
        readers.start();
        return takes.get();
    }

    /** Returns how many events the channel has in the partitions that this agent reads, as far as known. */
    long channelSize() {
        return readers.channelSize();
    }

    @Override
    public void close() {
        try (badRecords;
                publisher) {
            readers.stop();
        } finally {
            deserializers.close();
        }
    }
}
