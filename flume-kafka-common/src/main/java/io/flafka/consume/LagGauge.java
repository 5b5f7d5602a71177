// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far one consumer's component is behind, once a second. Kafka's client knows the end of a partition from its last fetch. It does not fetch
 * a paused partition, so this has it ask for the end of these every 10 s.
 *
 * <p>Measured on the thread that owns the consumer, read by any. Approximate: Kafka knows the lag in offsets, and in compacted topics and in topics
 * written with transactions an offset need not be a record.
 */
public final class LagGauge {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration PAUSED_INTERVAL = Duration.ofSeconds(10);
    /** After a question without an answer. */
    private static final Duration UNANSWERED_INTERVAL = Duration.ofMinutes(1);
    /** Short, because nothing is read meanwhile. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofMillis(200);

    /** The records of a partition that were polled and are not delivered. */
    @FunctionalInterface
    public interface Undelivered {

        /** Returns those of each partition that has some. */
        Map<TopicPartition, OfPartition> byPartition();

        /**
         * Those of one partition.
         *
         * @param records how many there are
         * @param oldestMillis the timestamp of the first one
         */
        record OfPartition(long records, long oldestMillis) {}
    }

    private final Undelivered undelivered;
    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Long> timestamps = new HashMap<>();
    private long lastNanos;
    private long lastQuestionNanos;
    private Duration untilQuestion = PAUSED_INTERVAL;
    private volatile ConsumerLag lag = ConsumerLag.NONE;

    /** Measures nothing yet. */
    public LagGauge(Undelivered undelivered) {
        this(undelivered, System::nanoTime);
    }

    LagGauge(Undelivered undelivered, LongSupplier nanoTime) {
        this.undelivered = undelivered;
        this.nanoTime = nanoTime;
        this.lastQuestionNanos = nanoTime.getAsLong();
        this.lastNanos = lastQuestionNanos - INTERVAL.toNanos();
    }

    /**
     * Notes the records of a poll, and measures again if the last time is long enough ago.
     *
     * @param withoutStart partitions of which it is not known yet where to begin, so that their lag means nothing
     */
    public void afterPoll(
            Consumer<?, ?> consumer, ConsumerRecords<?, ?> read, Collection<TopicPartition> withoutStart) {
        for (TopicPartition partition : read.partitions()) {
            List<? extends ConsumerRecord<?, ?>> records = read.records(partition);
            timestamps.put(partition, records.get(records.size() - 1).timestamp());
        }
        long now = nanoTime.getAsLong();
        if (now - lastNanos < INTERVAL.toNanos()) {
            return;
        }
        lastNanos = now;
        if (now - lastQuestionNanos >= untilQuestion.toNanos()) {
            lastQuestionNanos = now;
            untilQuestion = isAnsweredForPaused(consumer) ? PAUSED_INTERVAL : UNANSWERED_INTERVAL;
        }
        lag = measure(consumer, withoutStart);
    }

    /** The answer becomes the end that Kafka's client knows. */
    private static boolean isAnsweredForPaused(Consumer<?, ?> consumer) {
        Set<TopicPartition> paused = consumer.paused();
        try {
            return paused.isEmpty()
                    || !consumer.endOffsets(paused, ANSWER_TIMEOUT).isEmpty();
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException | IllegalStateException unknown) {
            // The next poll reports what is wrong. Until then the last known end counts.
            return false;
        }
    }

    private ConsumerLag measure(Consumer<?, ?> consumer, Collection<TopicPartition> withoutStart) {
        Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
        timestamps.keySet().retainAll(assigned);
        Map<TopicPartition, Undelivered.OfPartition> polled = undelivered.byPartition();
        ConsumerLag sum = ConsumerLag.NONE;
        for (TopicPartition partition : assigned) {
            long notPolled = withoutStart.contains(partition) ? 0 : notPolled(consumer, partition);
            Undelivered.OfPartition waiting = polled.get(partition);
            long records = notPolled + (waiting == null ? 0 : waiting.records());
            sum = sum.plus(new ConsumerLag(1, records, records, oldest(partition, notPolled, waiting)));
        }
        return sum;
    }

    private long oldest(TopicPartition partition, long notPolled, Undelivered.@Nullable OfPartition waiting) {
        if (waiting != null) {
            return knownTime(waiting.oldestMillis());
        }
        return notPolled > 0
                ? knownTime(timestamps.getOrDefault(partition, ConsumerRecord.NO_TIMESTAMP))
                : Long.MAX_VALUE;
    }

    /** A record of an old format has no timestamp, and then nothing is known of its age. */
    private static long knownTime(long millis) {
        return millis == ConsumerRecord.NO_TIMESTAMP ? Long.MAX_VALUE : millis;
    }

    private static long notPolled(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.currentLag(partition).orElse(0);
        } catch (IllegalStateException revoked) {
            // With group.protocol=consumer, Kafka's client gives partitions up on its own thread, at any time. The new
            // owner counts this one.
            return 0;
        }
    }

    /** Sets the lag to none because the consumer has no partitions any more. */
    public void clear() {
        lag = ConsumerLag.NONE;
    }

    /** Returns the last measurement. */
    public ConsumerLag lag() {
        return lag;
    }
}
