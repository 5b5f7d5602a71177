// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.exactlyonce.MemberOffsets;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.UnusableClient;
import io.flafka.lifecycle.DeferredInterrupt;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.batch.SilentProducerException;
import io.flafka.produce.send.AnswerTimeout;
import io.flafka.produce.send.BatchLogins;
import io.flafka.produce.send.BoundedCall;
import io.flafka.produce.send.ProducerLogins;
import io.flafka.produce.send.ProducerThread;
import io.flafka.produce.send.ReplacementSchedule;
import io.flafka.produce.send.SendPolicy;
import io.flafka.produce.send.SentRecords;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * A transactional id with its Kafka producer. The Kafka producer is created with the first transaction, and again after a failure that makes it
 * unusable.
 *
 * <p>One thread at a time publishes; any thread may close it. Guarantee: a consumer of committed records sees all records of a transaction or none.
 */
final class TransactionalProducer {

    private final int number;
    private final Supplier<Producer<String, byte[]>> newProducer;
    private final PublisherParts shared;
    private @Nullable ProducerThread producer;
    private @Nullable LoginRefusal loginRefusal;
    private boolean closed;
    private volatile boolean fenced;

    /** The producer's login was refused. The producer is kept only because it tries the login again. */
    private record LoginRefusal(ReplacementSchedule replacement, KafkaException failure) {}

    /** How a transaction ends. */
    @FunctionalInterface
    private interface End {
        void of(Producer<String, byte[]> current, BatchLogins login);
    }

    TransactionalProducer(int number, Supplier<Producer<String, byte[]>> newProducer, PublisherParts shared) {
        this.number = number;
        this.newProducer = newProducer;
        this.shared = shared;
    }

    int number() {
        return number;
    }

    /** Returns whether another process has taken over the transactional id. The next transaction would take it back. */
    boolean isFenced() {
        return fenced;
    }

    /**
     * Writes records and offsets in one Kafka transaction. If the transaction fails, it is aborted: at once, or before the next one. Right before
     * the commit, {@code offsets} is told: if this method throws after that, the outcome is unknown.
     */
    void publish(List<ProducerRecord<String, byte[]>> records, OffsetsToCommit offsets) throws PublishException {
        runTransaction(
                records,
                offsets,
                (current, login) -> {
                    offsets.onCommitTried();
                    long start = System.nanoTime();
                    call(current::commitTransaction, login);
                    shared.metrics().onCommitted(Duration.ofNanos(System.nanoTime() - start));
                },
                shared.metrics()::onAborted);
    }

    /** Returns if Kafka would accept these records. Sends them in a transaction that is always aborted. */
    void probe(List<ProducerRecord<String, byte[]>> records) throws PublishException {
        runTransaction(
                records, OffsetsToCommit.NONE, (current, login) -> call(current::abortTransaction, login), () -> {});
    }

    /** Ends the transaction that an earlier run of the component, or an earlier Kafka producer, may have left open. */
    void prepare() throws PublishException {
        try {
            readyProducer();
        } catch (KafkaException | FlumeException | IllegalStateException failure) {
            throw failed(0, failure);
        }
    }

    private void runTransaction(
            List<ProducerRecord<String, byte[]>> records, OffsetsToCommit offsets, End end, Runnable onFailure)
            throws PublishException {
        try {
            Producer<String, byte[]> current = readyProducer();
            BatchLogins login = BatchLogins.ofTransaction(new ProducerLogins(current));
            current.beginTransaction();
            try {
                sendOrAbort(current, records, offsets, login);
                end.of(current, login);
            } catch (PublishException | RuntimeException failure) {
                onFailure.run();
                throw failure;
            }
        } catch (KafkaException | FlumeException | IllegalStateException failure) {
            throw failed(records.size(), failure);
        }
    }

    private PublishException failed(int records, RuntimeException failure) {
        handleFailure(failure);
        return PublishException.ofTransaction(
                records,
                shared.reason().ofTransaction(failure) + "; "
                        + FailureClassifier.kindOf(failure).consequence(),
                failure);
    }

    private void sendOrAbort(
            Producer<String, byte[]> current,
            List<ProducerRecord<String, byte[]>> records,
            OffsetsToCommit offsets,
            BatchLogins login)
            throws PublishException {
        try {
            send(current, records, login);
            sendOffsets(current, offsets, records.size(), login);
        } catch (PublishException notAcknowledged) {
            if (notAcknowledged.getCause() instanceof KafkaException failure && isAbortUseless(failure)) {
                handleFailure(failure);
                throw notAcknowledged;
            }
            abort(current, notAcknowledged, login);
            throw notAcknowledged;
        }
    }

    /** Returns whether an abort would not be answered either. The start of the next producer then aborts the transaction. */
    private static boolean isAbortUseless(KafkaException failure) {
        return failure instanceof SilentProducerException || UnusableClient.isLoginRefused(failure);
    }

    private void abort(Producer<String, byte[]> current, PublishException because, BatchLogins login) {
        try {
            call(current::abortTransaction, login);
        } catch (KafkaException | IllegalStateException notAborted) {
            notAborted.addSuppressed(because);
            if (isFencing(notAborted)) {
                throw notAborted;
            }
            handleFailure(notAborted);
        }
    }

    private void send(Producer<String, byte[]> current, List<ProducerRecord<String, byte[]>> records, BatchLogins login)
            throws PublishException {
        SentRecords sent = new SentRecords(new SendPolicy(
                current,
                SendPolicy.FlushMode.AT_ONCE,
                shared.answerTimeout(),
                shared.soloSends(),
                shared.reason(),
                shared.classes(),
                login,
                failure -> {}));
        for (ProducerRecord<String, byte[]> record : records) {
            if (!sent.send(record)) {
                break;
            }
        }
        List<PublishException> failures = sent.await();
        if (!failures.isEmpty()) {
            throw PublishException.mostSpecific(failures);
        }
    }

    private void sendOffsets(Producer<String, byte[]> current, OffsetsToCommit offsets, int records, BatchLogins login)
            throws PublishException {
        try {
            for (MemberOffsets each : offsets.get()) {
                call(() -> current.sendOffsetsToTransaction(each.offsets(), each.member()), login);
            }
        } catch (KafkaException refused) {
            if (isFencing(refused)) {
                throw refused;
            }
            throw PublishException.ofTransaction(
                    records,
                    "its offsets were not accepted: " + shared.reason().ofOffsets(refused) + "; "
                            + FailureClassifier.kindOf(refused).consequence(),
                    // A missing right to read the source topic would blame a record.
                    FailureClassifier.isOfRecord(refused) ? new KafkaException(refused) : refused);
        }
    }

    /**
     * Commits, aborts or sends offsets, also if the agent is stopping: without an answer the events would be sent again. Kafka's client allows these
     * calls to be repeated after an interrupt.
     */
    private void call(Runnable end, BatchLogins login) {
        AnswerTimeout timeout = new AnswerTimeout(shared.answerTimeout(), login::preventAnswers);
        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            interrupt.clearFlag();
            try {
                BoundedCall.run(end, timeout);
            } catch (InterruptException stopping) {
                interrupt.onInterrupt();
                BoundedCall.run(end, timeout);
            }
        }
    }

    private Producer<String, byte[]> readyProducer() {
        Producer<String, byte[]> existing = existing();
        if (existing != null && loginRefusal == null) {
            return existing;
        }
        if (loginRefusal != null && !loginRefusal.replacement().isDue()) {
            throw loginRefusal.failure();
        }
        Producer<String, byte[]> fresh = createProducer();
        fresh.initTransactions();
        return fresh;
    }

    private synchronized @Nullable Producer<String, byte[]> existing() {
        return producer == null || producer.hasDied() ? null : producer.producer();
    }

    private synchronized Producer<String, byte[]> createProducer() {
        if (closed) {
            throw new IllegalStateException("the component has been stopped");
        }
        closeProducer(Duration.ZERO);
        fenced = false;
        ProducerThread fresh = ProducerThread.ofNew(newProducer);
        producer = fresh;
        return fresh.producer();
    }

    /**
     * Closes the Kafka producer, because its state is unknown or it is unusable; keeps it after a refused login. The start of the next producer
     * aborts a transaction that this one has left open.
     */
    private void handleFailure(Exception failure) {
        if (isFencing(failure)) {
            fenced = true;
        }
        if (loginRefusal != null && failure == loginRefusal.failure()) {
            return;
        }
        if (failure instanceof KafkaException refused && UnusableClient.isLoginRefused(refused)) {
            keepUntilLogin(refused);
        } else {
            closeProducer(Duration.ZERO);
        }
    }

    /** Keeps the Kafka producer, because only its own login attempts show when the brokers accept the login. */
    private synchronized void keepUntilLogin(KafkaException refused) {
        if (producer != null) {
            loginRefusal =
                    new LoginRefusal(ReplacementSchedule.afterLogin(new ProducerLogins(producer.producer())), refused);
        }
    }

    private static boolean isFencing(Exception failure) {
        return failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException;
    }

    /** Closes the Kafka producer. No other is created after that. */
    synchronized void close(Duration timeout) {
        closed = true;
        closeProducer(timeout);
    }

    private synchronized void closeProducer(Duration timeout) {
        if (producer != null) {
            producer.producer().close(timeout);
            producer = null;
            loginRefusal = null;
        }
    }
}
