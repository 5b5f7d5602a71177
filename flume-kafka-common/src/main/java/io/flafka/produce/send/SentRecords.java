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
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a batch that are sent as soon as they are added. Each one succeeds or fails by itself.
 *
 * <p>For one thread.
 */
public final class SentRecords implements RecordsInFlight {

    /** A record that was passed to the producer, and its future acknowledgement. */
    private record Sent(ProducerRecord<String, byte[]> record, CompletableFuture<RecordMetadata> acknowledgement) {}

    private final SendPolicy policy;
    /** Null for an entry that needs no record. */
    private final List<@Nullable Sent> all = new ArrayList<>();

    private final BitSet done = new BitSet();
    private boolean givenUp;

    public SentRecords(SendPolicy policy) {
        this.policy = policy;
    }

    @Override
    public boolean send(ProducerRecord<String, byte[]> record) {
        return policy.soloSends().isNeededFor(record) ? sendAlone(record) : isInFlight(sendAndAdd(record));
    }

    private Sent sendAndAdd(ProducerRecord<String, byte[]> record) {
        Sent sent = trySend(record);
        all.add(sent);
        return sent;
    }

    private boolean isInFlight(Sent sent) {
        return !sent.acknowledgement().isDone() || failureOf(sent).isEmpty();
    }

    private boolean sendAlone(ProducerRecord<String, byte[]> record) {
        boolean exclusive = policy.soloSends().tryBegin();
        try {
            // Another thread's record may have been acknowledged in the meantime.
            return policy.soloSends().isNeededFor(record)
                    ? isAcknowledged(sendAndAdd(record))
                    : isInFlight(sendAndAdd(record));
        } finally {
            if (exclusive) {
                policy.soloSends().end();
            }
        }
    }

    private boolean isAcknowledged(Sent sent) {
        AnswerTimeout timeout = policy.newTimeout();
        try (Acknowledgements answer = new Acknowledgements(timeout)) {
            policy.flush().flush(policy.producer(), timeout);
            Optional<Throwable> failure = answer.awaitFailure(sent.acknowledgement());
            if (failure.isEmpty()) {
                policy.soloSends().onAcknowledged(sent.record());
                policy.login().onAcknowledged();
            }
            failure.ifPresent(answered -> giveUp(sent, answered));
            return failure.isEmpty();
        }
    }

    /** Fails the record, so that nobody waits for it again. Fails all others too, if the producer will not answer for them either. */
    private void giveUp(Sent sent, Throwable failure) {
        sent.acknowledgement().completeExceptionally(failure);
        if (failure instanceof SilentProducerException || failure instanceof LoginRefusedException) {
            givenUp = true;
            all.stream()
                    .filter(Objects::nonNull)
                    .forEach(other -> other.acknowledgement().completeExceptionally(failure));
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
        all.set(index, null);
    }

    @Override
    public void sendAgain(int index, ProducerRecord<String, byte[]> record) {
        all.set(index, trySend(record));
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
        List<PublishException> failures = new ArrayList<>();
        AnswerTimeout timeout = policy.newTimeout();
        try (Acknowledgements answers = new Acknowledgements(timeout)) {
            if (!givenUp) {
                policy.flush().flush(policy.producer(), timeout);
            }
            for (int i = done.nextClearBit(0); i < all.size(); i = done.nextClearBit(i + 1)) {
                Optional<Throwable> failure = answers.awaitFailure(sent(i).acknowledgement());
                if (failure.isPresent()) {
                    failures.add(describe(i, policy.login().explain(failure.get())));
                } else {
                    done.set(i);
                    policy.login().onAcknowledged();
                }
            }
        }
        reportUnanswered(failures);
        failures.stream().map(Throwable::getCause).forEach(policy.onFailure());
        return failures;
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
     * Uses a future of its own instead of the one that Kafka's client returns. Each time a batch is split, the client's future recurses through one
     * more future, so a batch that is split again and again would overflow the stack.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    private Sent trySend(ProducerRecord<String, byte[]> record) {
        CompletableFuture<RecordMetadata> acknowledgement = new CompletableFuture<>();
        try {
            policy.producer().send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledgement.complete(metadata);
                } else {
                    acknowledgement.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException refusal) {
            // An operator's class has thrown, or the producer itself. The batch's other records must still be waited
            // for.
            acknowledgement.completeExceptionally(policy.classes().explain(refusal));
        } catch (StackOverflowError refusal) {
            acknowledgement.completeExceptionally(policy.classes().explain(refusal));
        } catch (LinkageError missing) {
            acknowledgement.completeExceptionally(policy.classes().explain(missing));
        }
        return new Sent(record, acknowledgement);
    }

    private Optional<Throwable> failureOf(Sent sent) {
        try (Acknowledgements answer = new Acknowledgements(policy.newTimeout())) {
            return answer.awaitFailure(sent.acknowledgement());
        }
    }

    private Sent sent(int index) {
        return Objects.requireNonNull(all.get(index), "an entry without a record");
    }
}
