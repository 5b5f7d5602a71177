// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.take.AssignedQueues;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureReason;
import io.flafka.failure.OutOfMemoryReport;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a reader cannot read Kafka: told to the takes that find nothing, and to the operator once per kind until it is over. A poll that returns nothing
 * does not end it, as Kafka's client also returns nothing while it waits to try again: it is over when something was read, or Kafka answers.
 *
 * <p>For the reader's thread.
 */
final class ReaderOutage {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderOutage.class);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    /** A refusal can come late, when the poll that it belongs to has ended. */
    private static final int QUIET_POLLS = 2;

    private final String channel;
    private final String topic;
    private final Duration calm;
    private final AssignedQueues queues;
    private final Set<String> reported = new HashSet<>();
    private final Set<String> traced = new HashSet<>();
    private boolean isReading = true;
    private int quietPolls;
    private long lastNanos = System.nanoTime();

    /**
     * For one reader.
     *
     * @param calm how long it must read without trouble before the operator hears that it is over: what comes and goes is told once
     */
    ReaderOutage(String channel, String topic, Duration calm, AssignedQueues queues) {
        this.channel = channel;
        this.topic = topic;
        this.calm = calm;
        this.queues = queues;
    }

    /** Kafka refuses to be read. */
    void refused(KafkaException refusal) {
        String reason = "KafkaChannel %s cannot read topic %s: %s; %s"
                .formatted(
                        channel,
                        topic,
                        FailureReason.of(refusal),
                        FailureClassifier.kindOf(refusal).consequence());
        begin(reason);
        if (reported.add(refusal.getClass().getName())) {
            LOG.error(reason);
        }
    }

    /** The consumer has failed in a way that Kafka does not describe, and is replaced. */
    void unforeseen(RuntimeException failure) {
        String reason = "KafkaChannel %s cannot read topic %s: its Kafka consumer has failed (%s); a new one is made"
                .formatted(channel, topic, failure);
        begin(reason);
        String kind = failure.getClass().getName();
        if (traced.add(kind)) {
            LOG.error(reason, failure);
        } else if (reported.add(kind)) {
            LOG.error(reason);
        }
        reported.add(kind);
    }

    /** Another member has the reader's name: it ends. The reason, for those who take. */
    String fenced() {
        String reason =
                ("KafkaChannel %s: has stopped reading topic %s: another member of the group has taken its group.instance.id over. Give each"
                                + " agent a kafka.consumer.group.instance.id of its own, and restart this one")
                        .formatted(channel, topic);
        LOG.error(reason);
        return reason;
    }

    /** The heap is full: it ends, as Kafka's client may have gone beyond records that nobody got. The reason, for those who take. */
    String outOfMemory(OutOfMemoryError full) {
        String consequence = "it has stopped reading topic " + topic + "; nothing is lost";
        OutOfMemoryReport.log(LOG, "KafkaChannel " + channel, consequence, full);
        return OutOfMemoryReport.message("KafkaChannel " + channel, consequence, full);
    }

    private void begin(String reason) {
        isReading = false;
        quietPolls = 0;
        lastNanos = System.nanoTime();
        queues.troubled(reason);
    }

    /** After a poll that did not throw. */
    void polled(Consumer<?, ?> consumer, int records) {
        if (reported.isEmpty()) {
            return;
        }
        if (!isReading && (records > 0 || (++quietPolls >= QUIET_POLLS && answers(consumer)))) {
            isReading = true;
            queues.recovered();
        }
        if (isReading && System.nanoTime() - lastNanos >= calm.toNanos()) {
            reported.clear();
            LOG.info("KafkaChannel {}: reads topic {} again", channel, topic);
        }
    }

    /** Whether Kafka does as it is asked: the leaders of the partitions that are read, or whoever knows the topic if it is the group that gives none. */
    private boolean answers(Consumer<?, ?> consumer) {
        try {
            Set<?> answer = consumer.assignment().isEmpty()
                    ? Set.copyOf(consumer.partitionsFor(topic, ANSWER_TIMEOUT))
                    : consumer.endOffsets(consumer.assignment(), ANSWER_TIMEOUT).keySet();
            return !answer.isEmpty() && consumer.groupMetadata().generationId() >= 0;
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException stillRefused) {
            LOG.debug("KafkaChannel {}: still no answer", channel, stillRefused);
            return false;
        }
    }
}
