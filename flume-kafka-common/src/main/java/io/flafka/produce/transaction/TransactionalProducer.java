// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.failure.FailureClassifier;
import io.flafka.failure.UnusableClient;
import io.flafka.lifecycle.DeferredInterrupt;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.batch.SilentProducerException;
import io.flafka.produce.send.AnswerTimeout;
import io.flafka.produce.send.BatchLogins;
import io.flafka.produce.send.BoundedCall;
import io.flafka.produce.send.CustomClassFailures;
import io.flafka.produce.send.ProducerLogins;
import io.flafka.produce.send.RefusalReason;
import io.flafka.produce.send.ReplacementSchedule;
import io.flafka.produce.send.SendPolicy;
import io.flafka.produce.send.SentRecords;
import io.flafka.produce.send.SoloSends;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
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
 * One transactional id and its producer, which is made with the first transaction, and again after a failure that it does not survive; not after it was
 * fenced, as that would shut out the process that has taken its place.
 *
 * <p>One thread at a time publishes; any thread may close it. Guarantee: readers of committed records see all that was published at once, or nothing.
 */
final class TransactionalProducer {

    private final int number;
    private final Supplier<Producer<String, byte[]>> newProducer;
    private final Rules rules;
    private @Nullable Producer<String, byte[]> producer;
    private @Nullable Shut shut;
    private boolean closed;
    private volatile boolean fenced;

    /**
     * What is the same for all lanes.
     *
     * @param atMost how long an answer is waited for
     * @param soloSends what is sent alone
     * @param reason says why something failed
     * @param classes says what it means that the producer throws
     */
    record Rules(Duration atMost, SoloSends soloSends, RefusalReason reason, CustomClassFailures classes) {}

    /** The producer's login was refused: it is of no use but to try the login again. */
    private record Shut(ReplacementSchedule next, KafkaException reason) {}

    TransactionalProducer(int number, Supplier<Producer<String, byte[]>> newProducer, Rules rules) {
        this.number = number;
        this.newProducer = newProducer;
        this.rules = rules;
    }

    int number() {
        return number;
    }

    /** Whether another process has taken over this id. */
    boolean isFenced() {
        return fenced;
    }

    /** One Kafka transaction. If it fails, it is aborted, now or before the next one. */
    void publish(List<ProducerRecord<String, byte[]>> records) throws PublishException {
        transaction(records, Producer::commitTransaction);
    }

    /** Whether Kafka would take these: sends them in a transaction that is aborted in any case. */
    void probe(List<ProducerRecord<String, byte[]>> records) throws PublishException {
        transaction(records, Producer::abortTransaction);
    }

    private void transaction(List<ProducerRecord<String, byte[]>> records, Consumer<Producer<String, byte[]>> end)
            throws PublishException {
        try {
            Producer<String, byte[]> current = ready();
            BatchLogins login = BatchLogins.ofTransaction(new ProducerLogins(current));
            current.beginTransaction();
            sendOrAbort(current, records, login);
            bounded(() -> end.accept(current), login);
        } catch (KafkaException | FlumeException | IllegalStateException failure) {
            discard(failure);
            throw PublishException.ofTransaction(
                    records.size(),
                    rules.reason().ofTransaction(failure) + "; "
                            + FailureClassifier.kindOf(failure).consequence(),
                    failure);
        }
    }

    private void sendOrAbort(
            Producer<String, byte[]> current, List<ProducerRecord<String, byte[]>> records, BatchLogins login)
            throws PublishException {
        try {
            send(current, records, login);
        } catch (PublishException notAcknowledged) {
            if (notAcknowledged.getCause() instanceof KafkaException failure && isAbortOfNoUse(failure)) {
                discard(failure);
                throw notAcknowledged;
            }
            abort(current, notAcknowledged, login);
            throw notAcknowledged;
        }
    }

    /** It would not be answered either; the next producer's start does it. */
    private static boolean isAbortOfNoUse(KafkaException failure) {
        return failure instanceof SilentProducerException || UnusableClient.isLoginRefused(failure);
    }

    private void abort(Producer<String, byte[]> current, PublishException because, BatchLogins login) {
        try {
            bounded(current::abortTransaction, login);
        } catch (KafkaException | IllegalStateException notAborted) {
            notAborted.addSuppressed(because);
            if (isFencing(notAborted)) {
                throw notAborted;
            }
            discard(notAborted);
        }
    }

    private void send(Producer<String, byte[]> current, List<ProducerRecord<String, byte[]>> records, BatchLogins login)
            throws PublishException {
        SentRecords sent = new SentRecords(new SendPolicy(
                current,
                SendPolicy.FlushMode.AT_ONCE,
                rules.atMost(),
                rules.soloSends(),
                rules.reason(),
                rules.classes(),
                login,
                failure -> {}));
        for (ProducerRecord<String, byte[]> record : records) {
            if (!sent.send(record)) {
                break;
            }
        }
        List<PublishException> failures = sent.await();
        if (!failures.isEmpty()) {
            throw telling(failures);
        }
    }

    /** One that says what is wrong with a record, rather than that it was in one request with another. */
    private static PublishException telling(List<PublishException> failures) {
        return failures.stream()
                .filter(failure -> FailureClassifier.isOfRecord(failure.getCause()))
                .findFirst()
                .orElse(failures.get(0));
    }

    /** Ends a transaction though the agent is stopping: Kafka lets the call be repeated, and without an answer the events would be sent again. */
    private void bounded(Runnable end, BatchLogins login) {
        AnswerTimeout timeout = new AnswerTimeout(rules.atMost(), login::isHopeless);
        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            interrupt.clearFlag();
            try {
                BoundedCall.of(end, timeout);
            } catch (InterruptException stopping) {
                interrupt.onInterrupt();
                BoundedCall.of(end, timeout);
            }
        }
    }

    private Producer<String, byte[]> ready() {
        Producer<String, byte[]> existing = existing();
        if (existing != null && shut == null) {
            return existing;
        }
        if (shut != null && !shut.next().isDue()) {
            throw shut.reason();
        }
        Producer<String, byte[]> fresh = make();
        fresh.initTransactions();
        return fresh;
    }

    private synchronized @Nullable Producer<String, byte[]> existing() {
        return producer;
    }

    private synchronized Producer<String, byte[]> make() {
        if (closed) {
            throw new IllegalStateException("the component has been stopped");
        }
        close(Duration.ZERO);
        Producer<String, byte[]> fresh = newProducer.get();
        producer = fresh;
        return fresh;
    }

    /** Its state is not known, or it is of no use any more. The next one's start ends what this one has left open. */
    private void discard(Exception failure) {
        if (isFencing(failure)) {
            fenced = true;
        }
        if (shut != null && failure == shut.reason()) {
            return;
        }
        if (failure instanceof KafkaException refused && UnusableClient.isLoginRefused(refused)) {
            shut(refused);
        } else {
            close(Duration.ZERO);
        }
    }

    /** It is kept as long as it alone would know when it is let in. */
    private synchronized void shut(KafkaException refused) {
        if (producer != null) {
            shut = new Shut(ReplacementSchedule.afterLogin(new ProducerLogins(producer)), refused);
        }
    }

    private static boolean isFencing(Exception failure) {
        return failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException;
    }

    /** For good. */
    synchronized void end(Duration timeout) {
        closed = true;
        close(timeout);
    }

    private synchronized void close(Duration timeout) {
        if (producer != null) {
            producer.close(timeout);
            producer = null;
            shut = null;
        }
    }
}
