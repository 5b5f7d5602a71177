// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientSettings;
import io.flafka.client.ProducerCloser;
import io.flafka.failure.FailureReason;
import io.flafka.failure.UnusableClient;
import io.flafka.lifecycle.StopGrace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes each bad record to the dead letter topic and waits for the acknowledgement. The component stops at the record until Kafka acknowledges it.
 *
 * <p>Guarantee: at least once. The producer is idempotent, so a lost acknowledgement does not repeat a record. The topic has it twice if no
 * acknowledgement came in time, or if it is read again after the agent was killed.
 * Thread-safe.
 */
final class DeadLetterQueue implements BadRecordPolicy {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** The topic can be deleted while letters are written in transactions, whose failures this object does not see. */
    private static final Duration RECHECK_INTERVAL = Duration.ofSeconds(30);

    private final DeadLetterTopic topic;
    private final Function<ClientSettings, Producer<byte[], byte[]>> producers;
    private final Optional<DeadLetterHeaders> context;
    private final BadRecordMetrics metrics;
    private final BadRecordLog log;
    /** Created with the first bad record, because most components never need it. */
    private @Nullable Producer<byte[], byte[]> producer;

    private boolean topicExists;
    private long topicSeenNanos;

    DeadLetterQueue(
            DeadLetterTopic topic,
            Function<ClientSettings, Producer<byte[], byte[]>> producers,
            Optional<DeadLetterHeaders> context,
            BadRecordMetrics metrics,
            BadRecordLog log) {
        this.topic = topic;
        this.producers = producers;
        this.context = context;
        this.metrics = metrics;
        this.log = log;
    }

    /** A step on the way of a bad record to the topic. */
    @FunctionalInterface
    private interface Step {
        void run(StopGrace grace) throws ExecutionException, TimeoutException;
    }

    @Override
    public synchronized void dispose(BadRecord record) throws FlowStoppedException {
        run(record, grace -> {
            requireTopic(grace);
            write(record, grace);
        });
        metrics.onSkipped(record);
        metrics.onDeadLetter();
        log.logSkipped(record, "written to dead letter topic " + topic.name());
    }

    /** Returns the letter for the caller to write. The topic exists then. */
    synchronized ProducerRecord<byte[], byte[]> letterOf(BadRecord record) throws FlowStoppedException {
        run(record, this::requireTopic);
        metrics.onSkipped(record);
        metrics.onDeadLetter();
        log.logSkipped(record, "goes to dead letter topic " + topic.name() + ", in the Kafka transaction of its batch");
        return toDeadLetter(record);
    }

    /**
     * Creates the topic now if it is missing, as Kafka Connect does, so that a wrong setting shows at the start and not at the first bad record. If that
     * fails, it is logged, and tried again at the first bad record.
     */
    synchronized void prepare() {
        try {
            run(this::requireTopic);
        } catch (UnavailableException unavailable) {
            log.logUnavailable(destination(), unavailable.reason);
        }
    }

    private void run(BadRecord record, Step step) throws FlowStoppedException {
        try {
            run(step);
        } catch (UnavailableException unavailable) {
            // The topic may have been deleted since the last look-up.
            topicExists = false;
            metrics.onDeadLetterFailed();
            throw new FlowStoppedException(
                    record, "could not be written to %s: %s".formatted(destination(), unavailable.reason));
        }
    }

    private void run(Step step) throws UnavailableException {
        try (StopGrace grace = new StopGrace()) {
            run(step, grace);
        }
    }

    private void run(Step step, StopGrace grace) throws UnavailableException {
        try {
            step.run(grace);
        } catch (TimeoutException late) {
            discardProducer();
            throw new UnavailableException(
                    grace.isOver() ? StopGrace.reason() : "no answer within " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException refused) {
            throw unavailable(refused.getCause() == null ? refused : refused.getCause());
        } catch (KafkaException | IllegalStateException | FlumeException refused) {
            throw unavailable(refused);
        }
    }

    private UnavailableException unavailable(Throwable cause) {
        if (UnusableClient.isCausedBy(cause)) {
            discardProducer();
        }
        return new UnavailableException(FailureReason.of(cause));
    }

    private String destination() {
        return "dead letter topic %s at bootstrap.servers=%s"
                .formatted(topic.name(), topic.client().brokers());
    }

    /** Reports that the topic cannot be used now. */
    private static final class UnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String reason;

        UnavailableException(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private void requireTopic(StopGrace grace) throws ExecutionException, TimeoutException {
        if (!topicExists || System.nanoTime() - topicSeenNanos > RECHECK_INTERVAL.toNanos()) {
            topic.require(grace);
            topicExists = true;
            topicSeenNanos = System.nanoTime();
        }
    }

    private void write(BadRecord record, StopGrace grace) throws ExecutionException, TimeoutException {
        try {
            write(record, topic.client(), grace);
        } catch (ExecutionException | KafkaException refused) {
            Optional<Throwable> refusal = RefusedIdempotence.in(refused, topic.client());
            if (refusal.isEmpty() || grace.isOver()) {
                throw refused;
            }
            discardProducer();
            writeWithoutIdempotence(record, grace, FailureReason.of(refusal.get()));
        }
    }

    private void writeWithoutIdempotence(BadRecord record, StopGrace grace, String refusal)
            throws ExecutionException, TimeoutException {
        try {
            write(record, RefusedIdempotence.settingsWithout(topic.client()), grace);
        } catch (ExecutionException | KafkaException alsoRefused) {
            // The user may write no topic at all. Once that is allowed, an idempotent producer may be too.
            discardProducer();
            throw alsoRefused;
        }
        log.logNotIdempotent(destination(), refusal);
    }

    private void write(BadRecord record, ClientSettings client, StopGrace grace)
            throws ExecutionException, TimeoutException {
        if (producer == null) {
            producer = producers.apply(client);
        }
        Producer<byte[], byte[]> current = producer;
        grace.await(grace.call(() -> current.send(toDeadLetter(record))), TIMEOUT);
    }

    /**
     * The next attempt creates a new producer. The old one must not go on: it would write the records it still holds later, and each attempt would
     * add another copy of the record.
     */
    private void discardProducer() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            ProducerCloser.close(old, topic.client().clientId());
        }
    }

    /**
     * Sets no timestamp: the record's own may be what is wrong with it, and with an old one the topic's retention would delete the dead letter at
     * once.
     */
    private ProducerRecord<byte[], byte[]> toDeadLetter(BadRecord record) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        context.ifPresent(all -> all.addTo(headers, record));
        return new ProducerRecord<>(topic.name(), null, record.key(), record.value(), headers);
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(TIMEOUT);
        }
    }
}
