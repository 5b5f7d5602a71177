// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import io.flafka.failure.FailureReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator why a consumer has nothing to read from, once a reason: Kafka's own {@code poll} returns empty without a word both when no broker
 * can be reached and when the topic does not exist.
 *
 * <p>For the thread that owns the consumer. Costs nothing while it has partitions.
 */
public final class ConnectionWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration NEXT_LOOK = Duration.ofMinutes(1);
    private static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(2);

    private final String component;
    private final String brokers;
    private final String topics;
    private final Predicate<Set<String>> hasTopic;
    private final Clock clock;
    private Instant nextLook;
    private Optional<Finding> reported = Optional.empty();
    private boolean assigned;

    private enum Finding {
        NO_ANSWER,
        NO_TOPIC,
        NO_PARTITION
    }

    /**
     * For one consumer, from now on.
     *
     * @param component how messages name the component
     * @param brokers the value of {@code bootstrap.servers}
     * @param topics how messages name what is subscribed to
     * @param hasTopic whether, of the names of all topics, one is subscribed to
     */
    public ConnectionWatch(
            String component, String brokers, String topics, Predicate<Set<String>> hasTopic, Clock clock) {
        this.component = component;
        this.brokers = brokers;
        this.topics = topics;
        this.hasTopic = hasTopic;
        this.clock = clock;
        this.nextLook = clock.instant().plus(PATIENCE);
    }

    /** To be called after each poll. */
    public void polled(Consumer<?, ?> consumer) {
        if (consumer.assignment().isEmpty()) {
            waits(consumer);
        } else if (!assigned) {
            assigned = true;
            if (reported.isPresent()) {
                reported = Optional.empty();
                LOG.info("{}: reads {} now", component, topics);
            }
        }
    }

    private void waits(Consumer<?, ?> consumer) {
        if (assigned) {
            // As when the topic is deleted, or other members take all of it.
            assigned = false;
            nextLook = clock.instant().plus(PATIENCE);
        } else if (nextLook.isBefore(clock.instant())) {
            look(consumer);
            nextLook = clock.instant().plus(NEXT_LOOK);
        }
    }

    private void look(Consumer<?, ?> consumer) {
        try {
            if (hasTopic.test(consumer.listTopics(LOOK_UP_TIMEOUT).keySet())) {
                if (isNew(Finding.NO_PARTITION)) {
                    LOG.info(
                            "{}: has no partition of {} yet: other members of its group own all of them, or one that ended without"
                                    + " leaving is still waited for (session.timeout.ms)",
                            component,
                            topics);
                }
            } else if (isNew(Finding.NO_TOPIC)) {
                LOG.warn(
                        "{}: {} not found at kafka.bootstrap.servers={}; it waits for that topic to be created, or for the right to see it",
                        component,
                        topics,
                        brokers);
            }
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException unreachable) {
            if (isNew(Finding.NO_ANSWER)) {
                LOG.warn(
                        "{}: no answer from kafka.bootstrap.servers={} ({}); it goes on trying",
                        component,
                        brokers,
                        FailureReason.message(unreachable));
            }
        }
    }

    private boolean isNew(Finding finding) {
        boolean isNew = !reported.equals(Optional.of(finding));
        reported = Optional.of(finding);
        return isNew;
    }
}
