// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.metrics.ChannelMetrics;
import io.flafka.produce.EventPublisher;

/**
 * One run of a channel, from start to stop.
 *
 * <p>Thread-safe. The readers begin with the first take: a channel without sinks must not join the consumer group, where it would keep partitions from
 * the program that reads the topic.
 */
final class ChannelRun implements ChannelTransaction.Work, AutoCloseable {

    private final ChannelMetrics metrics;
    private final PutTransaction.Rules putRules;
    private final EventPublisher publisher;
    private final TakeTransaction.Rules takeRules;
    private final TakeBuffer buffer;
    private final ChannelReaders readers;

    ChannelRun(
            ChannelMetrics metrics,
            PutTransaction.Rules putRules,
            EventPublisher publisher,
            TakeTransaction.Rules takeRules,
            TakeBuffer buffer,
            ChannelReaders readers) {
        this.metrics = metrics;
        this.putRules = putRules;
        this.publisher = publisher;
        this.takeRules = takeRules;
        this.buffer = buffer;
        this.readers = readers;
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
        return readers.backlog();
    }

    @Override
    public void close() {
        try {
            readers.stop();
        } finally {
            publisher.close();
        }
    }
}
