// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.client.ClientSettings;
import io.flafka.event.UnwritableEventException;
import io.flafka.failure.FailureClassifier;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.send.CustomClassFailures;
import io.flafka.produce.send.RefusalReason;
import io.flafka.produce.send.SendPolicy;
import io.flafka.produce.send.SoloSends;
import io.flafka.produce.send.TopicLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of one Flume transaction one Kafka transaction: readers of committed records see all of them at once, or none.
 *
 * <p>Thread-safe: threads that publish at the same time use different producers, each with an id of its own. Once one of the ids was taken over by
 * another process, nothing more is published until the component starts again: taking it back would only shut out that process in turn.
 * Blocks at most as long as a minute for a free producer, and then as the producer's {@code max.block.ms} and {@code delivery.timeout.ms}.
 */
public final class TransactionalPublisher implements AutoCloseable {

    private static final int MOST_LANES = 32;
    private static final Duration LANE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final TransactionalIds ids;
    private final ProducerPool lanes;
    private volatile Optional<String> fencedId = Optional.empty();

    /** Makes the producer of a lane. */
    @FunctionalInterface
    public interface LaneProducers {

        /**
         * A new producer, which the caller closes.
         *
         * @param transactionalId its id
         * @param lane the lane's number, for the client's name
         */
        Producer<String, byte[]> create(String transactionalId, int lane);
    }

    /**
     * Makes no producer yet.
     *
     * @param settings what the producers have in common
     * @param admins creates the client that asks how large a topic's records may be
     */
    public TransactionalPublisher(
            TransactionalIds ids,
            LaneProducers producers,
            ClientSettings settings,
            Function<ClientSettings, Admin> admins) {
        this.ids = ids;
        TransactionalProducer.Rules rules = new TransactionalProducer.Rules(
                SendPolicy.answerTimeout(settings.deliveryTimeout()),
                new SoloSends(),
                new RefusalReason(settings.brokers(), new TopicLimits(admins, settings)),
                new CustomClassFailures(settings.customClasses()));
        this.lanes = new ProducerPool(
                MOST_LANES, lane -> new TransactionalProducer(lane, () -> producers.create(ids.of(lane), lane), rules));
    }

    /**
     * Returns when the transaction is committed.
     *
     * @throws PublishException if it was aborted, or is not known to be committed. If a record is the reason that Kafka never takes, it is named
     */
    public void publish(List<ProducerRecord<String, byte[]>> records) throws PublishException {
        if (records.isEmpty()) {
            return;
        }
        TransactionalProducer lane = lanes.borrow(LANE_TIMEOUT).orElseThrow(() -> noneFree(records));
        try {
            if (fencedId.isPresent()) {
                throw fenced(fencedId.get(), records, new ProducerFencedException("since an earlier transaction"));
            }
            publish(records, lane);
        } catch (PublishException failed) {
            if (!lane.isFenced()) {
                throw failed;
            }
            String id = ids.of(lane.number());
            fencedId = Optional.of(id);
            throw fenced(id, records, failed);
        } finally {
            lanes.giveBack(lane);
        }
    }

    private static void publish(List<ProducerRecord<String, byte[]>> records, TransactionalProducer lane)
            throws PublishException {
        try {
            lane.publish(records);
        } catch (PublishException failed) {
            throw mayBeAnothers(failed.getCause()) ? new BadRecordSearch(lane::probe).find(records, failed) : failed;
        }
    }

    /** Kafka's client gives the reason of one record to others; what this plugin has found out is that record's own. */
    private static boolean mayBeAnothers(@Nullable Throwable cause) {
        return FailureClassifier.isOfRecord(cause) && !(cause instanceof UnwritableEventException);
    }

    private static PublishException noneFree(List<ProducerRecord<String, byte[]>> records) {
        String reason = "all %d producers stayed in use for %d s, or this component is stopping; it is tried again"
                .formatted(MOST_LANES, LANE_TIMEOUT.toSeconds());
        return PublishException.ofTransaction(records.size(), reason, new TimeoutException(reason));
    }

    private static PublishException fenced(String id, List<ProducerRecord<String, byte[]>> records, Exception cause) {
        return PublishException.ofTransaction(
                records.size(),
                ("another process has taken over the transactional id %s: either two agents of the same name have the same"
                                + " kafka.producer.transactional.id, or this one was halted and has been replaced. Nothing more is"
                                + " written until it starts again: end the one that is too many, or give it an id of its own")
                        .formatted(id),
                cause);
    }

    /** Ends all producers within a bound. */
    @Override
    public void close() {
        lanes.close(CLOSE_TIMEOUT);
    }
}
