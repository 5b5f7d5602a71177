// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import io.flafka.event.EventCodec;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderSelection;
import io.flafka.event.MalformedEventException;
import io.flafka.failure.BadRecordException;
import io.flafka.metrics.ChannelMetrics;
import io.flafka.produce.EventPublisher;
import io.flafka.produce.PartitionRoute;
import io.flafka.produce.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events on their way in: encoded when put, sent at the commit, which returns when Kafka has acknowledged all of them. For one thread. */
final class PutTransaction implements TransactionWork {

    private static final Logger LOG = LoggerFactory.getLogger(PutTransaction.class);

    /**
     * The rules that make a record of an event.
     *
     * @param channel how messages name the channel
     * @param topic where all events go
     * @param partition the rule for their partition
     * @param codec the form of their values
     * @param headers the event headers that become record headers
     * @param capacity the most events in one transaction
     */
    record Rules(
            String channel,
            String topic,
            PartitionRoute partition,
            EventCodec codec,
            HeaderSelection headers,
            long capacity) {

        ProducerRecord<String, byte[]> record(Event event) throws MalformedEventException {
            Map<String, String> eventHeaders = event.getHeaders();
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                    topic,
                    partition.partitionOf(eventHeaders),
                    eventHeaders.get(EventHeaders.KEY),
                    codec.encode(eventHeaders, event.getBody()));
            headers.writeTo(eventHeaders, record.headers());
            return record;
        }
    }

    private final Rules rules;
    private final EventPublisher publisher;
    private final ChannelMetrics metrics;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();

    PutTransaction(Rules rules, EventPublisher publisher, ChannelMetrics metrics) {
        this.rules = rules;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    void put(Event event) {
        metrics.incrementEventPutAttemptCount();
        if (records.size() >= rules.capacity()) {
            metrics.incrementEventPutFailCount();
            throw new ChannelFailure(
                    "KafkaChannel %s: a transaction takes %d events at most (transactionCapacity): put fewer at a time, or raise it"
                            .formatted(rules.channel(), rules.capacity()));
        }
        try {
            records.add(rules.record(event));
        } catch (BadRecordException | MalformedEventException bad) {
            metrics.incrementEventPutFailCount();
            throw new ChannelFailure("KafkaChannel %s: the event cannot become a record: %s"
                    .formatted(rules.channel(), bad.getMessage()));
        }
    }

    @Override
    public void commit() {
        long start = System.nanoTime();
        try {
            publisher.publish(records);
        } catch (PublishException failed) {
            metrics.incrementEventPutFailCount();
            LOG.debug("KafkaChannel {}: put not acknowledged", rules.channel(), failed);
            throw new ChannelFailure("KafkaChannel %s: %s".formatted(rules.channel(), failed.getMessage()));
        }
        metrics.addToKafkaEventSendTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        metrics.addToEventPutSuccessCount(records.size());
    }

    @Override
    public void rollback() {
        records.clear();
    }
}
