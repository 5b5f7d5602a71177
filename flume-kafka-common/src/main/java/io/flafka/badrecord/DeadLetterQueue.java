// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientSettings;
import io.flafka.client.ProducerCloser;
import io.flafka.failure.FailureReason;
import io.flafka.failure.UnusableClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * {@code errors.tolerance=all} with a dead letter topic: the flow goes on when Kafka has acknowledged the record there, and stops as long as it has not.
 *
 * <p>Guarantee: at least once. One whose acknowledgement was lost, or that is read again after a kill, is there twice. Thread-safe.
 */
final class DeadLetterQueue implements BadRecordPolicy {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final DeadLetterTopic topic;
    private final Function<ClientSettings, Producer<byte[], byte[]>> producers;
    private final Optional<DeadLetterHeaders> context;
    private final Counter counter;
    private final BadRecordLog log;
    /** Most flows never need it. */
    private @Nullable Producer<byte[], byte[]> producer;

    private boolean topicIsThere;

    DeadLetterQueue(
            DeadLetterTopic topic,
            Function<ClientSettings, Producer<byte[], byte[]>> producers,
            Optional<DeadLetterHeaders> context,
            Counter counter,
            BadRecordLog log) {
        this.topic = topic;
        this.producers = producers;
        this.context = context;
        this.counter = counter;
        this.log = log;
    }

    @Override
    public synchronized void dispose(BadRecord record) throws FlowStoppedException {
        try {
            write(record);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw stopped(record, "the agent is stopping");
        } catch (InterruptException stopping) {
            // Has set the thread's interrupt already.
            throw stopped(record, "the agent is stopping");
        } catch (TimeoutException late) {
            withdraw();
            throw stopped(record, "no answer within " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException refused) {
            Throwable reason = refused.getCause() == null ? refused : refused.getCause();
            withdrawAfter(reason);
            throw stopped(record, FailureReason.of(reason));
        } catch (KafkaException | IllegalStateException | FlumeException refused) {
            withdrawAfter(refused);
            throw stopped(record, FailureReason.of(refused));
        }
        counter.passedOver();
        log.passedOver(record, "it is in the topic " + topic.name());
    }

    private void write(BadRecord record) throws InterruptedException, ExecutionException, TimeoutException {
        if (!topicIsThere) {
            topic.require();
            topicIsThere = true;
        }
        if (producer == null) {
            producer = producers.apply(topic.client());
        }
        producer.send(letter(record)).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void withdrawAfter(Throwable failure) {
        if (UnusableClient.isCausedBy(failure)) {
            withdraw();
        }
    }

    /** What the client still holds, it would write later, and each attempt would add another copy of the record; the next attempt has a new client. */
    private void withdraw() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old != null) {
            ProducerCloser.close(old, topic.client().clientId());
        }
    }

    /** Without a timestamp: that of the record may be what is bad about it, and an old one would fall to the topic's retention at once. */
    private ProducerRecord<byte[], byte[]> letter(BadRecord record) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        context.ifPresent(all -> all.addTo(headers, record));
        return new ProducerRecord<>(topic.name(), null, record.key(), record.value(), headers);
    }

    private FlowStoppedException stopped(BadRecord record, String why) {
        // It may have been deleted meanwhile.
        topicIsThere = false;
        return new FlowStoppedException(
                record,
                "and the dead letter topic %s at kafka.bootstrap.servers=%s did not take it (%s)"
                        .formatted(topic.name(), topic.client().brokers(), why));
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(TIMEOUT);
        }
    }
}
