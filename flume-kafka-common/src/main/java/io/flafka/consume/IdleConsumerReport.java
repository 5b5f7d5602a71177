// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import io.flafka.failure.ClientAccess;
import io.flafka.failure.FailureReason;
import io.flafka.failure.Outage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why a consumer has no partitions, once per reason. Kafka's {@code poll} returns no records and reports nothing, both if no broker can be
 * reached and if the topic does not exist.
 *
 * <p>Also makes the consumer notice a topic that has become visible. Kafka's client by itself looks for topics only every {@code metadata.max.age.ms}
 * (5 min).
 *
 * <p>For the thread that owns the consumer. No cost while the consumer has partitions.
 */
public final class IdleConsumerReport {

    private static final Logger LOG = LoggerFactory.getLogger(IdleConsumerReport.class);
    private static final Duration FIRST_CHECK = Duration.ofSeconds(5);
    private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);
    /** Shorter, because an operator may be about to create the topic, or to grant the right to describe it. */
    private static final Duration MISSING_TOPIC_CHECK_INTERVAL = Duration.ofSeconds(10);

    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(2);

    private final String component;
    private final ClientAccess access;
    private final String topics;
    private final Predicate<Set<String>> isSubscribed;
    private final LongSupplier nanoTime;
    private long lastCheck;
    private Duration untilNextCheck = FIRST_CHECK;
    private final Outage<Finding> outage = new Outage<>();
    private boolean hasPartitions;

    private enum Finding {
        NO_ANSWER,
        NO_TOPIC,
        VISIBLE_TOPIC,
        NO_PARTITION
    }

    /**
     * Creates the report for one consumer; its time starts now.
     *
     * @param component the component's kind and name, as messages show them
     * @param access which brokers the consumer reads from, and as whom
     * @param topics the subscribed topics, as messages show them
     * @param isSubscribed returns whether the consumer subscribes to at least one of the given topic names
     * @param nanoTime the current time, as {@link System#nanoTime} returns it
     */
    public IdleConsumerReport(
            String component,
            ClientAccess access,
            String topics,
            Predicate<Set<String>> isSubscribed,
            LongSupplier nanoTime) {
        this.component = component;
        this.access = access;
        this.topics = topics;
        this.isSubscribed = isSubscribed;
        this.nanoTime = nanoTime;
        this.lastCheck = nanoTime.getAsLong();
    }

    /**
     * Checks and reports, if the consumer has no partitions and the time has come. To be called after each poll.
     *
     * @throws AuthorizationException if Kafka refuses a request, which the caller must handle like a refusal of a poll
     */
    public void afterPoll(Consumer<?, ?> consumer) {
        if (consumer.assignment().isEmpty()) {
            checkIfDue(consumer);
        } else if (!hasPartitions) {
            hasPartitions = true;
            if (outage.ends()) {
                LOG.info("{}: now reads {}", component, topics);
            }
        }
    }

    private void checkIfDue(Consumer<?, ?> consumer) {
        if (hasPartitions) {
            // The topic was deleted, or other members own all partitions now.
            hasPartitions = false;
            scheduleCheck(FIRST_CHECK);
        } else if (nanoTime.getAsLong() - lastCheck > untilNextCheck.toNanos()) {
            scheduleCheck(check(consumer));
        }
    }

    private void scheduleCheck(Duration delay) {
        lastCheck = nanoTime.getAsLong();
        untilNextCheck = delay;
    }

    /** Reports what it finds, and returns the time until the next check. */
    private Duration check(Consumer<?, ?> consumer) {
        try {
            Set<TopicPartition> visible = visiblePartitions(consumer);
            if (visible.isEmpty()) {
                reportNoTopic();
                return MISSING_TOPIC_CHECK_INTERVAL;
            }
            makeKnown(consumer, visible);
            return reportNoPartition();
        } catch (WakeupException | InterruptException | AuthorizationException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException unreachable) {
            reportNoAnswer(unreachable);
            return CHECK_INTERVAL;
        }
    }

    /** Returns the first partition of each subscribed topic that the consumer has the right to describe. */
    private Set<TopicPartition> visiblePartitions(Consumer<?, ?> consumer) {
        return consumer.listTopics(LOOKUP_TIMEOUT).keySet().stream()
                .filter(name -> isSubscribed.test(Set.of(name)))
                .map(name -> new TopicPartition(name, 0))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Makes the consumer look for these topics, and join its group with them. Any question about a topic that it does not know does that. */
    private static void makeKnown(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        try {
            consumer.beginningOffsets(partitions, LOOKUP_TIMEOUT);
        } catch (WakeupException | InterruptException | AuthorizationException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException noLeader) {
            // The answer does not matter: the consumer knows the topic now.
        }
    }

    private void reportNoTopic() {
        if (outage.begins(Finding.NO_TOPIC)) {
            LOG.warn(
                    "{}: {} not found at kafka.bootstrap.servers={}; waiting for it. Create the topic, or allow {} to"
                            + " describe it (ACL operation Describe)",
                    component,
                    topics,
                    access.brokers(),
                    access.user());
        }
    }

    /** Reports only at the second check that finds a topic: at the first, the consumer may not have known that topic yet. */
    private Duration reportNoPartition() {
        Optional<Finding> last = outage.reason();
        if (!last.equals(Optional.of(Finding.VISIBLE_TOPIC)) && !last.equals(Optional.of(Finding.NO_PARTITION))) {
            outage.begins(Finding.VISIBLE_TOPIC);
            return FIRST_CHECK;
        }
        if (outage.begins(Finding.NO_PARTITION)) {
            LOG.info(
                    "{}: no partition of {} is assigned yet: other members of the group own all of them, or the group still"
                            + " waits for a member that stopped without leaving (session.timeout.ms)",
                    component,
                    topics);
        }
        return CHECK_INTERVAL;
    }

    private void reportNoAnswer(KafkaException unreachable) {
        if (outage.begins(Finding.NO_ANSWER)) {
            LOG.warn("{}: no answer from {}; retrying", component, access.noAnswer(FailureReason.message(unreachable)));
        }
    }
}
