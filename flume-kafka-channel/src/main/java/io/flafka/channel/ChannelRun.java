// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.put.PutTransaction;
import io.flafka.channel.read.ChannelReaders;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.channel.transaction.ChannelTransaction;
import io.flafka.produce.batch.BatchPublisher;

/**
 * One run of a channel, from start to stop.
 *
 * <p>Thread-safe. The readers begin with the first take: a channel without sinks must not join the consumer group, where it would keep partitions from
 * the program that reads the topic.
 */
final class ChannelRun implements ChannelTransaction.Work, AutoCloseable {

    private final ChannelMetrics metrics;
    private final PutTransaction.Rules putRules;
    private final BatchPublisher publisher;
    private final TakeTransaction.Rules takeRules;
    private final TakeBuffer buffer;
    private final ChannelReaders readers;
    private final BadRecordPolicy badRecords;

    ChannelRun(
            ChannelMetrics metrics,
            PutTransaction.Rules putRules,
            BatchPublisher publisher,
            TakeTransaction.Rules takeRules,
            TakeBuffer buffer,
            ChannelReaders readers,
            BadRecordPolicy badRecords) {
        this.metrics = metrics;
        this.putRules = putRules;
        this.publisher = publisher;
        this.takeRules = takeRules;
        this.buffer = buffer;
        this.readers = readers;
        this.badRecords = badRecords;
    }

    @Override
    public PutTransaction newPut() {
        return new PutTransaction(putRules, publisher, metrics);
    }

    @Override
    public TakeTransaction newTake() {
        readers.start();
        return new TakeTransaction(takeRules, buffer, metrics);
    }

    /** How many events there are, of the partitions that are read here. */
    long backlog() {
        return readers.channelSize();
    }

    @Override
    public void close() {
        try (badRecords;
                publisher) {
            readers.stop();
        } finally {
            takeRules.mapping().deserializers().close();
        }
    }
}
