// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.client.ClientSettings;
import io.flafka.event.UnwritableEventException;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.exactlyonce.PartitionsLostException;
import io.flafka.failure.ClientAccess;
import io.flafka.failure.ClientAccess.TopicUse;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.send.CustomClassFailures;
import io.flafka.produce.send.RefusalReason;
import io.flafka.produce.send.SendPolicy;
import io.flafka.produce.send.SoloSends;
import io.flafka.produce.send.TopicLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the records of a Flume transaction as one Kafka transaction: a consumer of committed records sees all of them or none.
 *
 * <p>Thread-safe: threads that publish at the same time use different producers, each with its own transactional id. {@link Fencing} decides what
 * happens if another process takes over one of the ids. Blocks for up to a minute until a producer is free, and then as long as the producer's {@code max.block.ms} and {@code delivery.timeout.ms} allow.
 */
public final class TransactionalPublisher implements AutoCloseable {

    private static final Duration BORROW_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final TransactionalIds ids;
    private final Limits limits;
    private final ProducerPool pool;
    private final ClientAccess access;
    private volatile @Nullable String fencedId;

    /**
     * What the publisher may do.
     *
     * @param producers the most batches that are written at the same time
     * @param fencing what happens if another process takes over an id
     */
    public record Limits(int producers, Fencing fencing) {

        /** The limits of a component that does not know how many batches it writes at the same time. */
        public static final Limits WITHOUT_OFFSETS = new Limits(32, Fencing.STOPS);
    }

    /** Creates the Kafka producer for a transactional id. */
    @FunctionalInterface
    public interface ProducerCreator {

        /**
         * Creates a producer, which the caller closes.
         *
         * @param transactionalId the producer's transactional id
         * @param number the number of the producer in this component, for its client id
         */
        Producer<String, byte[]> create(String transactionalId, int number);
    }

    /**
     * Creates no producer yet.
     *
     * @param settings what the producers have in common
     * @param admins creates the client that asks how large a topic's records may be
     * @param metrics counts how transactions end
     */
    public TransactionalPublisher(
            TransactionalIds ids,
            ProducerCreator producers,
            Limits limits,
            ClientSettings settings,
            Function<ClientSettings, Admin> admins,
            TransactionMetrics metrics) {
        this.ids = ids;
        this.limits = limits;
        this.access = settings.access(TopicUse.WRITES);
        PublisherParts shared = new PublisherParts(
                SendPolicy.answerTimeout(settings.deliveryTimeout()),
                new SoloSends(),
                new RefusalReason(access, new TopicLimits(admins, settings)),
                new CustomClassFailures(settings.customClasses()),
                metrics);
        this.pool = new ProducerPool(
                limits.producers(),
                number -> new TransactionalProducer(number, () -> producers.create(ids.of(number), number), shared));
    }

    /**
     * Returns when the transaction is committed. Does nothing if there is neither a record nor an offset.
     *
     * @throws PublishException if the transaction was aborted, or it is unknown whether it was committed. Names the record if that is bad
     */
    public void publish(List<ProducerRecord<String, byte[]>> records, OffsetsToCommit offsets) throws PublishException {
        if (records.isEmpty() && hasNone(offsets)) {
            return;
        }
        TransactionalProducer producer = pool.borrow(BORROW_TIMEOUT).orElseThrow(() -> noFreeProducer(records));
        try {
            String fenced = fencedId;
            if (fenced != null) {
                throw fencedFailure(fenced, records, new ProducerFencedException("since an earlier transaction"));
            }
            publish(records, offsets, producer);
        } catch (PublishException failed) {
            throw failure(producer, records, failed);
        } finally {
            pool.giveBack(producer);
        }
    }

    private PublishException failure(
            TransactionalProducer producer, List<ProducerRecord<String, byte[]>> records, PublishException failed) {
        String id = ids.of(producer.number());
        if (failed.getCause() instanceof TransactionalIdAuthorizationException denied) {
            return deniedFailure(id, records, denied);
        }
        if (!producer.isFenced()) {
            return failed;
        }
        if (limits.fencing() == Fencing.STOPS) {
            fencedId = id;
        }
        return fencedFailure(id, records, failed);
    }

    private static boolean hasNone(OffsetsToCommit offsets) {
        try {
            return offsets.get().isEmpty();
        } catch (PartitionsLostException reportedByTheTransaction) {
            return false;
        }
    }

    /**
     * Ends the transactions that an earlier run of this component, or a failed one, may have left open. Until they end, Kafka does not give out the
     * committed offsets of the partitions in them. Does nothing for producers that have no such transaction or are in use.
     *
     * @throws PublishException if one of them cannot be ended now
     */
    public void prepare() throws PublishException {
        List<TransactionalProducer> idle = new ArrayList<>();
        try {
            Optional<TransactionalProducer> free = pool.borrow(Duration.ZERO);
            while (free.isPresent()) {
                idle.add(free.get());
                free = pool.borrow(Duration.ZERO);
            }
            for (TransactionalProducer producer : idle) {
                prepare(producer);
            }
        } finally {
            idle.forEach(pool::giveBack);
        }
    }

    private void prepare(TransactionalProducer producer) throws PublishException {
        if (fencedId == null) {
            try {
                producer.prepare();
            } catch (PublishException failed) {
                throw failure(producer, List.of(), failed);
            }
        }
    }

    private static void publish(
            List<ProducerRecord<String, byte[]>> records, OffsetsToCommit offsets, TransactionalProducer producer)
            throws PublishException {
        try {
            producer.publish(records, offsets);
        } catch (PublishException failed) {
            throw mayBeOfAnotherRecord(failed.getCause())
                    ? new BadRecordSearch(producer::probe).find(records, failed)
                    : failed;
        }
    }

    /** Kafka's client gives one record's reason for other records too. A reason found by this plugin always belongs to the record itself. */
    private static boolean mayBeOfAnotherRecord(@Nullable Throwable cause) {
        return FailureClassifier.isOfRecord(cause) && !(cause instanceof UnwritableEventException);
    }

    private PublishException noFreeProducer(List<ProducerRecord<String, byte[]>> records) {
        String reason = "all %d producers stayed in use for %d s, or this component is stopping; %s"
                .formatted(limits.producers(), BORROW_TIMEOUT.toSeconds(), FailureKind.RETRY.consequence());
        return PublishException.ofTransaction(records.size(), reason, new TimeoutException(reason));
    }

    private PublishException deniedFailure(
            String id, List<ProducerRecord<String, byte[]>> records, TransactionalIdAuthorizationException cause) {
        return PublishException.ofTransaction(
                records.size(),
                "%s may not use the transactional id %s; allow it (ACL operation Write on TransactionalId); %s"
                        .formatted(access.user(), id, FailureKind.FATAL.consequence()),
                cause);
    }

    private PublishException fencedFailure(String id, List<ProducerRecord<String, byte[]>> records, Exception cause) {
        return PublishException.ofTransaction(
                records.size(),
                ("another process has taken over the transactional id %s: either two agents of the same name have the same"
                                + " kafka.producer.transactional.id, or this agent was suspended and has been replaced. %s")
                        .formatted(id, limits.fencing().consequence()),
                cause);
    }

    /** Closes all producers. Returns within a few seconds. */
    @Override
    public void close() {
        pool.close(CLOSE_TIMEOUT);
    }
}
