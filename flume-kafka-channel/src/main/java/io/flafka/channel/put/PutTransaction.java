// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.put;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.badrecord.RefusedRecords;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailure;
import io.flafka.channel.transaction.TransactionWork;
import io.flafka.event.EventCodec;
import io.flafka.event.EventHeaders;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.UnreadableRecordException;
import io.flafka.event.UnwritableEventException;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.batch.RecordsInFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events on their way in: encoded when put, sent at the commit, which returns when Kafka has acknowledged all of them. For one thread. */
public final class PutTransaction implements TransactionWork {

    private static final Logger LOG = LoggerFactory.getLogger(PutTransaction.class);

    /**
     * The rules that make a record of an event.
     *
     * @param channel how messages name the channel
     * @param topic where all events go
     * @param partition the rule for their partition
     * @param codec the form of their values
     * @param headers the event headers that become record headers
     * @param refusals what becomes of events that can be no record, or that Kafka never takes
     * @param capacity the most events in one transaction
     */
    public record Rules(
            String channel,
            String topic,
            PartitionRoute partition,
            EventCodec codec,
            HeaderSelection headers,
            RefusedRecords refusals,
            long capacity) {

        ProducerRecord<String, byte[]> record(Event event) throws UnreadableRecordException {
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
    private final BatchPublisher publisher;
    private final ChannelMetrics metrics;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private int attempts;

    public PutTransaction(Rules rules, BatchPublisher publisher, ChannelMetrics metrics) {
        this.rules = rules;
        this.publisher = publisher;
        this.metrics = metrics;
    }

    @Override
    public void put(Event event) {
        attempts++;
        if (records.size() >= rules.capacity()) {
            throw failure(
                    "a transaction takes %d events at most (transactionCapacity): put fewer at a time, or raise it"
                            .formatted(rules.capacity()));
        }
        try {
            records.add(rules.record(event));
        } catch (UnwritableEventException | UnreadableRecordException bad) {
            passOver(event, bad);
        }
    }

    private void passOver(Event event, Exception bad) {
        byte[] value = rules.codec().encode(event.getHeaders(), event.getBody());
        try {
            rules.refusals().badRecords().dispose(BadRecord.unwritable(event.getHeaders(), value, bad));
        } catch (FlowStoppedException stopped) {
            throw failure("cannot put " + stopped.getMessage());
        }
    }

    @Override
    public @Nullable Event take() {
        throw new IllegalStateException("take() called in a transaction that puts");
    }

    @Override
    public void commit() {
        long start = System.nanoTime();
        try {
            publish(publisher.begin());
        } catch (PublishException failed) {
            LOG.debug("KafkaChannel {}: put not acknowledged", rules.channel(), failed);
            throw failure(String.valueOf(failed.getMessage()));
        } catch (RefusedRecords.Stopped stopped) {
            LOG.debug("KafkaChannel {}: put not acknowledged", rules.channel(), stopped);
            throw failure("cannot put event %d of %d, %s"
                    .formatted(stopped.index() + 1, records.size(), stopped.getMessage()));
        }
        metrics.addToKafkaEventSendTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        metrics.addToEventPutAttemptCount(attempts);
        metrics.addToEventPutSuccessCount(records.size());
    }

    private void publish(RecordsInFlight inFlight) throws PublishException, RefusedRecords.Stopped {
        for (ProducerRecord<String, byte[]> record : records) {
            if (!inFlight.send(record)) {
                // What is behind it must not overtake it.
                rules.refusals().settle(inFlight);
            }
        }
        rules.refusals().settle(inFlight);
    }

    private ChannelFailure failure(String reason) {
        metrics.incrementEventPutFailCount();
        return new ChannelFailure("KafkaChannel %s: %s".formatted(rules.channel(), reason));
    }

    @Override
    public void rollback() {
        metrics.addToEventPutAttemptCount(attempts);
        records.clear();
    }
}
