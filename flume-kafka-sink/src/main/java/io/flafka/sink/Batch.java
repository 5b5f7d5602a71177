// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.FlowStoppedException;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.lifecycle.WorkStage;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one batch from the channel to Kafka, in one transaction of the channel.
 *
 * <p>Sends each event as soon as it is taken, and commits when all records are acknowledged. If a record fails, the transaction stays open until
 * {@link #rollBack}.
 *
 * <p>Runs on the thread of its lane, because Flume binds a transaction to a thread. Another thread may wait for {@link #isFull}. It may call the
 * other methods only after {@link #deliver} has returned.
 */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final BatchLane lane;
    private final Channel channel;
    private final BatchLimit limit;
    private final List<Event> events = new ArrayList<>();
    private long bytes;
    private final CompletableFuture<Boolean> full = new CompletableFuture<>();
    private @Nullable BatchTransaction transaction;
    private @Nullable RecordsInFlight records;
    private boolean endsWithSuspect;

    Batch(BatchLane lane, Channel channel, BatchLimit limit) {
        this.lane = lane;
        this.channel = channel;
        this.limit = limit;
    }

    /** Takes and sends events, waits for their acknowledgements, and commits. */
    void deliver() throws DeliveryFailedException {
        try {
            Optional<DeliveryFailedException> takeFailure;
            BatchTransaction begun;
            RecordsInFlight batch;
            try {
                begun = beginTransaction();
                batch = beginRecords();
                records = batch;
                takeFailure = takeAndSend(batch);
            } finally {
                full.complete(false);
            }
            awaitAcknowledgements(batch, takeFailure);
            commit(begun);
            lane.metrics().addToEventDrainSuccessCount(events.size());
            lane.metrics().batches().add(events.size());
        } finally {
            countBatch();
        }
    }

    private BatchTransaction beginTransaction() throws DeliveryFailedException {
        try {
            BatchTransaction begun = new BatchTransaction(channel.getTransaction());
            transaction = begun;
            begun.begin();
            return begun;
        } catch (ChannelException notReady) {
            // Flume would log it with its stack trace, at each attempt.
            LOG.debug("KafkaSink {}: no transaction", lane.sinkName(), notReady);
            lane.metrics().incrementChannelReadFail();
            throw DeliveryFailedException.withoutEvent(
                    "KafkaSink %s: takes no events: %s".formatted(lane.sinkName(), notReady.getMessage()));
        }
    }

    private RecordsInFlight beginRecords() throws DeliveryFailedException {
        lane.thread().enter(WorkStage.IDLE);
        try {
            return lane.delivery().begin(channel);
        } catch (PublishException | FlumeException notReady) {
            throw DeliveryFailedException.withoutEvent(
                    "KafkaSink %s: takes no events: %s".formatted(lane.sinkName(), notReady.getMessage()));
        }
    }

    private void countBatch() {
        if (events.isEmpty()) {
            lane.metrics().incrementBatchEmptyCount();
        } else if (limit.isFullBatch(events.size(), bytes)) {
            lane.metrics().incrementBatchCompleteCount();
        } else {
            lane.metrics().incrementBatchUnderflowCount();
        }
    }

    /** Completes when the batch takes no more events: {@code true} if it reached its limit, so that the channel may have more. */
    Future<Boolean> isFull() {
        return full;
    }

    /** Returns whether the next batch may begin on this lane before the result of this delivered one is recorded in the {@link BatchLimit}. */
    boolean mayBeFollowed() {
        return !events.isEmpty() && !endsWithSuspect;
    }

    /** Returns the events taken so far. */
    List<Event> events() {
        return events;
    }

    /** Returns the events to the channel after a failure. Failures of the rollback are added to {@code reason}. */
    void rollBack(Throwable reason) {
        lane.metrics().incrementRollbackCount();
        lane.thread().enter(WorkStage.TRANSACTION);
        if (transaction != null) {
            ReturnedEvents.Location location = transaction.rollBack(reason);
            if (records != null) {
                lane.sender().returned().add(events, records::isDone, location);
            }
        }
    }

    /** Returns the failure that stopped the batch early, if any. */
    private Optional<DeliveryFailedException> takeAndSend(RecordsInFlight batch) {
        lane.thread().enter(WorkStage.IDLE);
        try {
            takeUpTo(limit.nextBatchSize(), batch);
            return Optional.empty();
        } catch (FlowStoppedException bad) {
            lane.metrics().incrementEventWriteFail();
            return Optional.of(stoppedAt(events.size() - 1, bad.getMessage()));
        } catch (ChannelException unreadable) {
            lane.metrics().incrementChannelReadFail();
            LOG.debug("KafkaSink {}: batch will be rolled back", lane.sinkName(), unreadable);
            return Optional.of(
                    DeliveryFailedException.withoutEvent("KafkaSink %s: cannot take events from the channel: %s"
                            .formatted(lane.sinkName(), unreadable.getMessage())));
        } finally {
            lane.thread().enter(WorkStage.AWAITING_ACKNOWLEDGEMENTS);
            lane.metrics().addToEventDrainAttemptCount(events.size());
        }
    }

    private void takeUpTo(int maxEvents, RecordsInFlight batch) throws FlowStoppedException {
        while (!lane.thread().isStopping()) {
            Event event = lane.sender().take(channel);
            if (event == null) {
                return;
            }
            if (events.isEmpty()) {
                lane.thread().enter(WorkStage.MOVING_EVENTS);
            }
            events.add(event);
            bytes += sizeOf(event.getBody());
            if (!lane.sender().send(event, batch)) {
                return;
            }
            if (limit.mustEndWith(event)) {
                endsWithSuspect = true;
                return;
            }
            if (events.size() == maxEvents || limit.isFullBatch(events.size(), bytes)) {
                full.complete(true);
                return;
            }
        }
    }

    private static int sizeOf(byte @Nullable [] body) {
        return body == null ? 0 : body.length;
    }

    private void awaitAcknowledgements(RecordsInFlight batch, Optional<DeliveryFailedException> takeFailure)
            throws DeliveryFailedException {
        long start = System.nanoTime();
        lane.metrics().beginAwait();
        try {
            lane.delivery().settle(batch, takeFailure, lane.refusedRecordHandler());
        } catch (PublishException first) {
            lane.metrics().incrementEventWriteFail();
            LOG.debug("KafkaSink {}: batch will be rolled back", lane.sinkName(), first);
            throw DeliveryFailedException.ofEvent(
                    first.firstFailed(), "KafkaSink %s: %s".formatted(lane.sinkName(), first.getMessage()));
        } catch (RefusedRecordHandler.Stopped bad) {
            lane.metrics().incrementEventWriteFail();
            throw stoppedAt(bad.index(), bad.getMessage());
        } finally {
            lane.metrics().endAwait();
            lane.thread().enter(WorkStage.TRANSACTION);
        }
        if (takeFailure.isPresent()) {
            throw takeFailure.get();
        }
        lane.metrics()
                .addToKafkaEventSendTimer(
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private DeliveryFailedException stoppedAt(int index, @Nullable String reason) {
        return DeliveryFailedException.ofEvent(
                index,
                "KafkaSink %s: stopped at event %d of the batch: %s".formatted(lane.sinkName(), index + 1, reason));
    }

    private void commit(BatchTransaction begun) throws DeliveryFailedException {
        try {
            begun.commit();
        } catch (ChannelException refused) {
            LOG.debug("KafkaSink {}: batch will be rolled back", lane.sinkName(), refused);
            throw DeliveryFailedException.withoutEvent(
                    "KafkaSink %s: Kafka has the batch, but the channel did not commit it: %s"
                            .formatted(lane.sinkName(), refused.getMessage()));
        }
        begun.close();
    }
}
