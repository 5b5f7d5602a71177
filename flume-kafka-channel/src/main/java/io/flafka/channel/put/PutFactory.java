// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.put;

import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.PutOffsets;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.transaction.TransactionalBatchPublisher;
import java.util.Map;
import org.apache.flume.ChannelException;

/**
 * Creates the put transactions of one run of a channel, and closes what they use. Thread-safe.
 *
 * @param channel the channel's name, for messages
 * @param settings how events become records
 * @param refusedRecordHandler handles records that Kafka never accepts
 * @param publisher sends the records of sources that commit their offsets themselves, or have none
 * @param publishers of each source whose offsets are committed with its events, by its name. Each has one producer, so that a restarted source ends
 *     the transaction that it has left open before it reads
 * @param metrics the channel's counters
 */
public record PutFactory(
        String channel,
        PutSettings settings,
        RefusedRecordHandler refusedRecordHandler,
        BatchPublisher publisher,
        Map<String, TransactionalBatchPublisher> publishers,
        ChannelMetrics metrics)
        implements AutoCloseable {

    /** Returns a transaction without events. */
    public PutTransaction newPut() {
        return new PutTransaction(channel, settings, refusedRecordHandler, publisher::begin, metrics);
    }

    /** Returns a transaction without events that commits these offsets. */
    public PutTransaction newPut(PutOffsets with) {
        TransactionalBatchPublisher ofSource = publisherOf(with.source());
        return new PutTransaction(
                channel, settings, refusedRecordHandler, () -> ofSource.begin(with.offsets()), metrics);
    }

    /**
     * Ends the transaction that an earlier run of a source may have left open.
     *
     * @throws ChannelException if that is not possible now
     */
    public void prepare(String source) {
        try {
            publisherOf(source).prepare();
        } catch (PublishException notReady) {
            throw new ChannelException("KafkaChannel %s: cannot end the last Kafka transaction of source %s yet: %s"
                    .formatted(channel, source, notReady.getMessage()));
        }
    }

    private TransactionalBatchPublisher publisherOf(String source) {
        TransactionalBatchPublisher publisherOfSource = publishers.get(source);
        if (publisherOfSource == null) {
            throw new ChannelException(
                    "KafkaChannel %s: was started before source %s asked for delivery.guarantee = exactly-once; restart the agent"
                            .formatted(channel, source));
        }
        return publisherOfSource;
    }

    /** Closes all publishers, each within a few seconds. */
    @Override
    public void close() {
        try (publisher) {
            publishers.values().forEach(TransactionalBatchPublisher::close);
        }
    }
}
