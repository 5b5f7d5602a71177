// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.put.PutFactory;
import io.flafka.channel.put.PutTransaction;
import io.flafka.channel.read.ChannelReaders;
import io.flafka.channel.take.ReadAheadGauge;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.channel.take.ThreadDeserializers;
import io.flafka.channel.transaction.ChannelTransaction;
import io.flafka.channel.transaction.PutOffsets;
import java.util.function.Supplier;

/**
 * One run of a channel, from start to stop.
 *
 * <p>Thread-safe. The readers start with the first take. A channel without sinks must not join the consumer group: it would keep partitions from the
 * program that reads the topic.
 */
final class ChannelRun implements ChannelTransaction.WorkFactory, AutoCloseable {

    private final PutFactory puts;
    private final Supplier<TakeTransaction> takes;
    private final ChannelReaders readers;
    private final ReadAheadGauge readAhead;
    private final BadRecordPolicy badRecords;
    private final ThreadDeserializers deserializers;

    /**
     * Creates a run that owns its parts and closes them.
     *
     * @param puts creates put transactions, and has the publishers that they use
     * @param takes creates take transactions
     * @param readers fill the buffer that the take transactions read
     * @param readAhead measures that buffer
     * @param badRecords used by all transactions
     * @param deserializers used by the take transactions
     */
    ChannelRun(
            PutFactory puts,
            Supplier<TakeTransaction> takes,
            ChannelReaders readers,
            ReadAheadGauge readAhead,
            BadRecordPolicy badRecords,
            ThreadDeserializers deserializers) {
        this.puts = puts;
        this.takes = takes;
        this.readers = readers;
        this.readAhead = readAhead;
        this.badRecords = badRecords;
        this.deserializers = deserializers;
    }

    @Override
    public PutTransaction newPut() {
        return puts.newPut();
    }

    @Override
    public PutTransaction newPut(PutOffsets offsets) {
        return puts.newPut(offsets);
    }

    /**
     * Ends the Kafka transaction that an earlier run of a source may have left open.
     *
     * @throws org.apache.flume.ChannelException if that is not possible now
     */
    void prepareOffsetsOf(String source) {
        puts.prepare(source);
    }

    @Override
    public TakeTransaction newTake() {
        readers.start();
        return takes.get();
    }

    /** Connects the channel's metrics with this run. */
    void showIn(ChannelMetrics metrics) {
        metrics.consumer().setSources(readers::lag, () -> readAhead.measure().uncommitted());
        metrics.takes().setReadAhead(readAhead::measure);
    }

    @Override
    public void close() {
        try (badRecords;
                puts) {
            readers.stop();
        } finally {
            deserializers.close();
        }
    }
}
