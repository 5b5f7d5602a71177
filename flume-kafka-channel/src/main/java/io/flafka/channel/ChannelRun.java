// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.metrics.ChannelMetrics;
import io.flafka.produce.EventPublisher;
import io.flafka.produce.PartitionRoute;

/**
 * One run of a channel, from start to stop.
 *
 * <p>Thread-safe. The reader begins with the first take: a channel without sinks must not join the consumer group, where it would keep partitions from
 * the program that reads the topic.
 */
final class ChannelRun implements ChannelTransaction.Work, AutoCloseable {

    private final ChannelMetrics metrics;
    private final EventPublisher publisher;
    private final ChannelConsumer reader;
    private final PutTransaction.Rules putRules;
    private final TakeTransaction.Rules takeRules;

    ChannelRun(
            String channel,
            ChannelSettings settings,
            EventPublisher publisher,
            ChannelConsumer reader,
            ChannelMetrics metrics) {
        this.metrics = metrics;
        this.publisher = publisher;
        this.reader = reader;
        this.putRules = new PutTransaction.Rules(
                channel,
                settings.topic(),
                new PartitionRoute(settings.partitionHeader(), settings.defaultPartition()),
                settings.codec(),
                settings.headers(),
                settings.transactionCapacity());
        this.takeRules = new TakeTransaction.Rules(
                channel,
                new RecordToChannelEvent(settings.codec(), settings.headers(), settings.place()),
                settings.pollTimeout());
    }

    @Override
    public PutTransaction newPut() {
        return new PutTransaction(putRules, publisher, metrics);
    }

    @Override
    public TakeTransaction newTake() {
        reader.start();
        return new TakeTransaction(takeRules, reader.buffer(), metrics);
    }

    @Override
    public void close() {
        try {
            reader.stop();
        } finally {
            publisher.close();
        }
    }
}
