// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.take.AssignedQueues;
import io.flafka.failure.ChangingReason;
import io.flafka.failure.ClientAccess;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.OutOfMemoryReport;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports why a reader cannot read Kafka: to takes that find no record, and to the operator, once per kind of failure.
 *
 * <p>For takes, the outage ends when records were read, or when Kafka answers a request. A poll without records is not enough: Kafka's client also
 * returns none while it waits to reconnect. For the operator, it ends when no failure was reported for some time.
 *
 * <p>For the reader's thread.
 */
final class ReaderOutage {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderOutage.class);
    private static final Duration PAUSE_WITHOUT_MEMORY = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

    /** Kafka's client can report a failure one poll late. */
    private static final int EMPTY_POLLS = 2;

    private final String channel;
    private final String topic;
    private final ClientAccess access;
    private final Duration calm;
    private final AssignedQueues queues;
    private final Set<String> logged = new HashSet<>();
    private final Set<String> loggedWithTrace = new HashSet<>();
    private final ChangingReason creation = new ChangingReason();
    private boolean isReading = true;
    private int emptyPolls;
    private long lastFailureNanos = System.nanoTime();

    /**
     * Starts without an outage.
     *
     * @param access which brokers the reader reads from, and as whom
     * @param calm how long the reader must read without a failure before the end of an outage is logged, so that a failure that comes and goes is
     *     logged once
     */
    ReaderOutage(String channel, String topic, ClientAccess access, Duration calm, AssignedQueues queues) {
        this.channel = channel;
        this.topic = topic;
        this.access = access;
        this.calm = calm;
        this.queues = queues;
    }

    /** Reports a failure that Kafka describes, after which the same consumer goes on. */
    void reportRefusal(KafkaException refusal) {
        String reason = "KafkaChannel %s: cannot read topic %s: %s; %s"
                .formatted(
                        channel,
                        topic,
                        access.reason(refusal),
                        FailureClassifier.kindOf(refusal).consequence());
        begin(reason);
        if (logged.add(refusal.getClass().getName())) {
            LOG.error(reason);
        }
    }

    /**
     * Reports a failure after which the consumer is replaced. The first of a kind is logged with its stack trace, because the cause is in some code.
     */
    void reportClientFailure(Throwable failure) {
        String reason = "KafkaChannel %s: cannot read topic %s: its Kafka consumer failed (%s); replacing the consumer"
                .formatted(channel, topic, failure);
        begin(reason);
        String kind = failure.getClass().getName();
        if (loggedWithTrace.add(kind)) {
            LOG.error(reason, failure);
        } else if (logged.add(kind)) {
            LOG.error(reason);
        }
        logged.add(kind);
    }

    /** Reports that the reader stops because another member uses its {@code group.instance.id}. Returns the reason for takes. */
    String reportFenced() {
        String reason =
                ("KafkaChannel %s: has stopped reading topic %s: another member of the group uses the same group.instance.id. Give"
                                + " each agent its own kafka.consumer.group.instance.id, then restart this agent")
                        .formatted(channel, topic);
        LOG.error(reason);
        return reason;
    }

    /** Reports that the reader stops because its thread was interrupted, which this plugin never does. Returns the reason for takes. */
    String reportInterrupted() {
        String reason =
                "KafkaChannel %s: has stopped reading topic %s: other code in the agent interrupted its thread; restart the agent"
                        .formatted(channel, topic);
        LOG.warn(reason);
        return reason;
    }

    /** Reports that the last offsets of a failed consumer could not be committed. */
    void reportUncleanClose(Throwable failure) {
        LOG.warn(
                "KafkaChannel {}: its failed consumer could not be closed cleanly ({}); events delivered since the last offset commit can be"
                        + " delivered again",
                channel,
                failure.toString());
    }

    /** Reports that a failed consumer cannot be replaced yet. */
    void reportNoClient(FlumeException rejected) {
        String reason =
                "KafkaChannel %s: cannot read topic %s: %s; retrying".formatted(channel, topic, rejected.getMessage());
        begin(reason);
        logged.add(rejected.getClass().getName());
        if (creation.isNew(reason)) {
            LOG.error(reason);
        }
    }

    /** Reports that the consumer is replaced because memory ran out, so that it may have passed over records. Does not run out of memory itself. */
    void reportOutOfMemory(OutOfMemoryError error) {
        try {
            String consequence = "a new consumer replaces the current one, and reads topic " + topic
                    + " after the last delivered event; nothing is lost";
            begin(OutOfMemoryReport.message("KafkaChannel " + channel, consequence, error));
            if (logged.add(error.getClass().getName())) {
                OutOfMemoryReport.log(LOG, "KafkaChannel " + channel, consequence, error);
            }
        } catch (OutOfMemoryError noMemoryToReport) {
            LockSupport.parkNanos(PAUSE_WITHOUT_MEMORY.toNanos());
        }
    }

    /** Returns whether takes are told that Kafka cannot be read. Only further polls can end that. */
    boolean isOn() {
        return !isReading;
    }

    private void begin(String reason) {
        isReading = false;
        emptyPolls = 0;
        lastFailureNanos = System.nanoTime();
        queues.reportOutage(reason);
    }

    /** Ends the outage if this poll, which has not failed, shows that Kafka can be read again. */
    void polled(Consumer<?, ?> consumer, int records) {
        if (logged.isEmpty()) {
            return;
        }
        if (!isReading && (records > 0 || (++emptyPolls >= EMPTY_POLLS && isAnswered(consumer)))) {
            isReading = true;
            queues.endOutage();
        }
        if (isReading && System.nanoTime() - lastFailureNanos >= calm.toNanos()) {
            logged.clear();
            creation.clear();
            LOG.info("KafkaChannel {}: reads topic {} again", channel, topic);
        }
    }

    /** Asks the leaders of the assigned partitions. If no partition is assigned, asks for the topic, because then the group may be the reason. */
    private boolean isAnswered(Consumer<?, ?> consumer) {
        try {
            Set<?> answer = consumer.assignment().isEmpty()
                    ? Set.copyOf(consumer.partitionsFor(topic, ANSWER_TIMEOUT))
                    : consumer.endOffsets(consumer.assignment(), ANSWER_TIMEOUT).keySet();
            return !answer.isEmpty() && consumer.groupMetadata().generationId() >= 0;
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException stillRefused) {
            LOG.debug("KafkaChannel {}: Kafka still does not answer", channel, stillRefused);
            return false;
        }
    }
}
