// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.failure.BadRecordException;
import io.flafka.failure.FailureKind;
import io.flafka.metrics.SinkMetrics;
import io.flafka.produce.EventPublisher;
import io.flafka.produce.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one batch at a time from a channel to Kafka: takes it, publishes it, and commits the Flume transaction when all is acknowledged.
 *
 * <p>For one thread. Guarantee: at least once, in the order in which the channel gives the events. After a failure the next batch ends before the
 * event that failed, so that an event which can never succeed ends up alone: what was good before it is delivered, and the rest of its batch is not
 * published again with each attempt.
 */
final class BatchDrain {

    private static final Logger LOG = LoggerFactory.getLogger(BatchDrain.class);

    private final String sink;
    private final int batchSize;
    private final EventToRecord mapping;
    private final EventPublisher publisher;
    private final SinkMetrics metrics;
    private int limit;

    BatchDrain(String sink, int batchSize, EventToRecord mapping, EventPublisher publisher, SinkMetrics metrics) {
        this.sink = sink;
        this.batchSize = batchSize;
        this.mapping = mapping;
        this.publisher = publisher;
        this.metrics = metrics;
        this.limit = batchSize;
    }

    /**
     * One batch. {@code BACKOFF} if the channel is empty.
     *
     * @throws EventDeliveryException if the batch was given back to the channel
     */
    Status drain(Channel channel) throws EventDeliveryException {
        BatchTransaction transaction = new BatchTransaction(channel.getTransaction());
        int count;
        try {
            transaction.begin();
            count = move(channel);
            transaction.commit();
        } catch (EventDeliveryException | RuntimeException | Error failure) {
            metrics.incrementRollbackCount();
            transaction.giveBack(failure);
            throw failure;
        }
        transaction.close();
        metrics.addToEventDrainSuccessCount(count);
        limit = batchSize;
        return count == 0 ? Status.BACKOFF : Status.READY;
    }

    private int move(Channel channel) throws EventDeliveryException {
        List<ProducerRecord<String, byte[]>> records = take(channel);
        count(records.size());
        if (records.isEmpty()) {
            return 0;
        }
        long start = System.nanoTime();
        try {
            publisher.publish(records);
        } catch (PublishException failed) {
            metrics.incrementEventWriteFail();
            limit = Math.max(1, failed.firstFailed());
            LOG.debug("KafkaSink {}: batch given back", sink, failed);
            throw new UndeliveredException("KafkaSink %s: %s".formatted(sink, failed.getMessage()));
        }
        metrics.addToKafkaEventSendTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        return records.size();
    }

    private List<ProducerRecord<String, byte[]>> take(Channel channel) throws EventDeliveryException {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(limit);
        try {
            while (records.size() < limit) {
                Event event = channel.take();
                if (event == null) {
                    break;
                }
                metrics.incrementEventDrainAttemptCount();
                records.add(mapping.map(event));
            }
            return records;
        } catch (BadRecordException bad) {
            metrics.incrementEventWriteFail();
            limit = Math.max(1, records.size());
            throw new UndeliveredException("KafkaSink %s: event %d of the batch cannot become a record: %s; %s"
                    .formatted(sink, records.size() + 1, bad.getMessage(), FailureKind.BAD_RECORD.consequence()));
        } catch (ChannelException unreadable) {
            metrics.incrementChannelReadFail();
            LOG.debug("KafkaSink {}: batch given back", sink, unreadable);
            throw new UndeliveredException(
                    "KafkaSink %s: the channel gave no event: %s".formatted(sink, unreadable.getMessage()));
        }
    }

    private void count(int taken) {
        if (taken == 0) {
            metrics.incrementBatchEmptyCount();
        } else if (taken < batchSize) {
            metrics.incrementBatchUnderflowCount();
        } else {
            metrics.incrementBatchCompleteCount();
        }
    }
}
