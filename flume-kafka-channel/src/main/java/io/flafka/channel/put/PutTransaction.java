// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.put;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.channel.transaction.ChannelTransaction;
import io.flafka.event.EventHeaders;
import io.flafka.event.UnwritableEventException;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of a source to the topic. For one thread.
 *
 * <p>{@link #put} encodes an event. {@link #commit} sends all events, and returns when Kafka has acknowledged them.
 */
public final class PutTransaction implements ChannelTransaction.Work {

    private static final Logger LOG = LoggerFactory.getLogger(PutTransaction.class);

    private final String channel;
    private final PutSettings settings;
    private final RefusedRecordHandler refusedRecordHandler;
    private final Supplier<RecordsInFlight> batches;
    private final ChannelMetrics metrics;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private int attempts;

    /**
     * Creates a transaction without events.
     *
     * @param channel the channel's name, for messages
     * @param settings how events become records
     * @param refusedRecordHandler handles records that Kafka never accepts
     * @param batches begins the batch that sends the records
     * @param metrics the channel's counters
     */
    public PutTransaction(
            String channel,
            PutSettings settings,
            RefusedRecordHandler refusedRecordHandler,
            Supplier<RecordsInFlight> batches,
            ChannelMetrics metrics) {
        this.channel = channel;
        this.settings = settings;
        this.refusedRecordHandler = refusedRecordHandler;
        this.batches = batches;
        this.metrics = metrics;
    }

    @Override
    public void put(Event event) {
        attempts++;
        if (records.size() >= settings.transactionCapacity()) {
            throw failure(
                    "a put transaction holds at most %d events; use a smaller batch in the source, or raise transactionCapacity"
                            .formatted(settings.transactionCapacity()));
        }
        try {
            records.add(recordOf(event));
        } catch (UnwritableEventException badEvent) {
            dispose(event, badEvent);
        }
    }

    private ProducerRecord<String, byte[]> recordOf(Event event) {
        Map<String, String> eventHeaders = event.getHeaders();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                settings.topic(),
                settings.partition().partitionOf(eventHeaders),
                eventHeaders.get(EventHeaders.KEY),
                valueOf(event));
        settings.headers().writeTo(eventHeaders, record.headers());
        return record;
    }

    private byte @Nullable [] valueOf(Event event) {
        return settings.codec().encode(event.getHeaders(), event.getBody());
    }

    private void dispose(Event event, UnwritableEventException reason) {
        try {
            refusedRecordHandler
                    .badRecords()
                    .replace(BadRecord.unwritable(event.getHeaders(), valueOf(event), reason))
                    .ifPresent(records::add);
        } catch (FlowStoppedException stopped) {
            throw failure("cannot put " + stopped.getMessage());
        }
    }

    @Override
    public @Nullable Event take() {
        throw new IllegalStateException("take() called in a put transaction");
    }

    @Override
    public OffsetsToCommit takenOffsets() {
        throw new IllegalStateException("takenOffsets() called in a put transaction");
    }

    @Override
    public void commit() {
        long start = System.nanoTime();
        metrics.puts().beginCommit();
        try {
            publish(batches.get());
        } catch (FlumeException withoutClient) {
            throw failure("cannot put events now: " + withoutClient.getMessage());
        } catch (PublishException failed) {
            LOG.debug("KafkaChannel {}: put not acknowledged", channel, failed);
            throw failure(String.valueOf(failed.getMessage()));
        } catch (RefusedRecordHandler.Stopped stopped) {
            LOG.debug("KafkaChannel {}: put not acknowledged", channel, stopped);
            throw failure("cannot put event %d of %d, %s"
                    .formatted(stopped.index() + 1, records.size(), stopped.getMessage()));
        } finally {
            metrics.puts().endCommit();
        }
        metrics.puts().onCommitted(records.size());
        metrics.addToKafkaEventSendTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        metrics.addToEventPutAttemptCount(attempts);
        metrics.addToEventPutSuccessCount(records.size());
    }

    private void publish(RecordsInFlight inFlight) throws PublishException, RefusedRecordHandler.Stopped {
        for (ProducerRecord<String, byte[]> record : records) {
            if (!inFlight.send(record)) {
                // The records after it must not overtake it.
                refusedRecordHandler.settle(inFlight);
            }
        }
        refusedRecordHandler.settle(inFlight);
    }

    private ChannelFailedException failure(String reason) {
        metrics.puts().onFailed();
        metrics.lastError().set(reason);
        return new ChannelFailedException("KafkaChannel %s: %s".formatted(channel, reason));
    }

    /** Forgets the events. Records that Kafka has after a failed commit stay there. */
    @Override
    public void rollback() {
        metrics.addToEventPutAttemptCount(attempts);
        records.clear();
    }
}
