// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.event.UnwritableEventException;
import io.flafka.failure.FailureClassifier;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.ClearBits;
import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.batch.SilentProducerException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a batch that are sent as soon as they are added. Each one succeeds or fails by itself.
 *
 * <p>For one thread.
 */
public final class SentRecords implements RecordsInFlight {

    private final SendPolicy policy;
    /** Null for an entry that needs no record. */
    private final List<@Nullable SentRecord> all = new ArrayList<>();

    private final BitSet done = new BitSet();
    private final AnswerCount answers = new AnswerCount();
    private final Runnable onAnswer = answers::add;
    private int sends;
    private boolean givenUp;

    public SentRecords(SendPolicy policy) {
        this.policy = policy;
    }

    @Override
    public boolean send(ProducerRecord<String, byte[]> record) {
        if (policy.soloSends().isNeededFor(record)) {
            return sendAlone(record);
        }
        return sendAndAdd(record, onAnswer).failure() == null;
    }

    private SentRecord sendAndAdd(ProducerRecord<String, byte[]> record, Runnable afterAnswer) {
        SentRecord sent = trySend(record, afterAnswer);
        all.add(sent);
        return sent;
    }

    private boolean sendAlone(ProducerRecord<String, byte[]> record) {
        boolean exclusive = policy.soloSends().tryBegin();
        try {
            // Another thread's record may have been acknowledged in the meantime.
            return policy.soloSends().isNeededFor(record)
                    ? sendAndAwait(record)
                    : sendAndAdd(record, onAnswer).failure() == null;
        } finally {
            if (exclusive) {
                policy.soloSends().end();
            }
        }
    }

    private boolean sendAndAwait(ProducerRecord<String, byte[]> record) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        SentRecord sent = sendAndAdd(record, () -> {
            answers.add();
            answered.complete(null);
        });
        AnswerTimeout timeout = policy.newTimeout(this::isLoginRefused);
        try (Acknowledgements answer = new Acknowledgements(timeout)) {
            policy.flush().flush(policy.producer(), timeout);
            Optional<RuntimeException> reason = answer.await(answered);
            if (reason.isPresent()) {
                giveUp(sent, reason.get());
                return false;
            }
        }
        if (sent.failure() != null) {
            return false;
        }
        policy.soloSends().onAcknowledged(record);
        policy.login().onAcknowledged();
        return true;
    }

    /** Fails the record, so that nobody waits for it again. Fails all others too, if the producer will not answer for them either. */
    private void giveUp(SentRecord sent, RuntimeException reason) {
        sent.fail(reason);
        if (reason instanceof SilentProducerException || reason instanceof LoginRefusedException) {
            givenUp = true;
            all.stream().filter(Objects::nonNull).forEach(other -> other.fail(reason));
        }
    }

    @Override
    public void addDone() {
        done.set(all.size());
        all.add(null);
    }

    @Override
    public void markDone(int index) {
        done.set(index);
        replace(index, null);
    }

    @Override
    public void sendAgain(int index, ProducerRecord<String, byte[]> record) {
        replace(index, trySend(record, onAnswer));
    }

    /** An answer to the old record counts no more, so nobody must wait for it. */
    private void replace(int index, @Nullable SentRecord replacement) {
        SentRecord old = all.set(index, replacement);
        if (old != null) {
            old.fail(new TimeoutException("replaced by another record"));
        }
    }

    @Override
    public List<Integer> pending() {
        return ClearBits.below(all.size(), done);
    }

    @Override
    public ProducerRecord<String, byte[]> record(int index) {
        return sent(index).record();
    }

    @Override
    public List<PublishException> await() {
        Optional<RuntimeException> lateness = awaitAnswers();
        List<PublishException> failures = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        boolean acknowledged = false;
        for (int i = done.nextClearBit(0); i < all.size(); i = done.nextClearBit(i + 1)) {
            Throwable failure = failureOf(sent(i), lateness);
            if (failure == null) {
                done.set(i);
                acknowledged = true;
            } else {
                causes.add(failure);
                failures.add(describe(i, policy.login().explain(failure)));
            }
        }
        if (acknowledged) {
            policy.login().onAcknowledged();
        }
        reportUnanswered(failures);
        causes.forEach(policy.onFailure());
        return failures;
    }

    /** Waits until every record has an answer. Returns why the others have none, if the wait was given up. */
    private Optional<RuntimeException> awaitAnswers() {
        AnswerTimeout timeout = policy.newTimeout(this::isLoginRefused);
        try (Acknowledgements acknowledgements = new Acknowledgements(timeout)) {
            if (!givenUp) {
                policy.flush().flush(policy.producer(), timeout);
            }
            return acknowledgements.await(answers.reaches(sends));
        } finally {
            policy.login().onWaitEnded();
        }
    }

    /** Returns whether the records without an answer get none. An answer to another one shows that the login works. */
    private boolean isLoginRefused() {
        if (all.stream().anyMatch(sent -> sent != null && sent.isAcknowledged())) {
            policy.login().onAcknowledged();
        }
        return policy.login().preventAnswers();
    }

    private static @Nullable Throwable failureOf(SentRecord sent, Optional<RuntimeException> lateness) {
        return lateness.isPresent() && !sent.isAnswered() ? lateness.get() : sent.failure();
    }

    private void reportUnanswered(List<PublishException> failures) {
        List<PublishException> late = failures.stream()
                .filter(failure -> failure.getCause() instanceof TimeoutException)
                .filter(failure -> !FailureClassifier.isMissingTopic(failure.getCause()))
                .toList();
        if (!late.isEmpty()) {
            policy.soloSends()
                    .onUnanswered(late.stream()
                            .map(failure -> record(failure.firstFailed()))
                            .toList());
        }
    }

    @Override
    public boolean isDone(int index) {
        return done.get(index);
    }

    private PublishException describe(int index, Throwable failure) {
        ProducerRecord<String, byte[]> record = record(index);
        Throwable cause = isWaitForMetadata(failure) && record.partition() != null
                ? missingPartition(record, record.partition()).orElse(failure)
                : failure;
        return new PublishException(
                index,
                all.size(),
                cause instanceof UnwritableEventException
                        ? String.valueOf(cause.getMessage())
                        : policy.reason().ofRecord(record, cause),
                record,
                cause);
    }

    private static boolean isWaitForMetadata(Throwable failure) {
        return failure instanceof TimeoutException && !(failure instanceof SilentProducerException);
    }

    /** Kafka's client waits for an unknown partition, because it may be new. This is called after that wait, so the partition does not exist. */
    private Optional<Throwable> missingPartition(ProducerRecord<String, byte[]> record, int partition) {
        try {
            int partitions = policy.producer().partitionsFor(record.topic()).size();
            return partition < partitions
                    ? Optional.empty()
                    : Optional.of(new UnwritableEventException("partition %d of topic %s does not exist: it has %d"
                            .formatted(partition, record.topic(), partitions)));
        } catch (KafkaException unknown) {
            // The topic or the brokers are the reason, as the first failure says.
            return Optional.empty();
        }
    }

    /**
     * Uses a callback instead of the future that Kafka's client returns. Each time a batch is split, that future recurses through one more future, so a
     * batch that is split again and again would overflow the stack.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    private SentRecord trySend(ProducerRecord<String, byte[]> record, Runnable afterAnswer) {
        SentRecord sent = new SentRecord(record, afterAnswer);
        sends++;
        policy.login().onSend();
        try {
            policy.producer().send(record, sent);
        } catch (RuntimeException refusal) {
            // An operator's class has thrown, or the producer itself. The batch's other records must still be waited
            // for.
            sent.fail(policy.classes().explain(refusal));
        } catch (StackOverflowError refusal) {
            sent.fail(policy.classes().explain(refusal));
        } catch (LinkageError missing) {
            sent.fail(policy.classes().explain(missing));
        }
        return sent;
    }

    private SentRecord sent(int index) {
        return Objects.requireNonNull(all.get(index), "an entry without a record");
    }
}
