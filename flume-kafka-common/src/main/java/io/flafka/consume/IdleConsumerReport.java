// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

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
 * Tells the operator why a consumer has nothing to read from, once a reason: Kafka's own {@code poll} returns empty without a word both when no broker
 * can be reached and when the topic does not exist. A topic that the consumer may see since a moment ago it is told of: by itself Kafka's client looks
 * for topics every {@code metadata.max.age.ms} (5 min) only.
 *
 * <p>For the thread that owns the consumer. Costs nothing while it has partitions.
 */
public final class IdleConsumerReport {

    private static final Logger LOG = LoggerFactory.getLogger(IdleConsumerReport.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration NEXT_LOOK = Duration.ofMinutes(1);
    /** Somebody may be about to create the topic, or to grant the right to see it. */
    private static final Duration NEXT_LOOK_FOR_TOPIC = Duration.ofSeconds(10);

    private static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(2);

    private final String component;
    private final String brokers;
    private final String topics;
    private final Predicate<Set<String>> hasTopic;
    private final LongSupplier nanoTime;
    private long lastLook;
    private Duration pause = PATIENCE;
    private final Outage<Finding> outage = new Outage<>();
    private boolean assigned;

    private enum Finding {
        NO_ANSWER,
        NO_TOPIC,
        TOPIC,
        NO_PARTITION
    }

    /**
     * For one consumer, from now on.
     *
     * @param component how messages name the component
     * @param brokers the value of {@code bootstrap.servers}
     * @param topics how messages name what is subscribed to
     * @param hasTopic whether, of these names of topics, one is subscribed to
     * @param nanoTime {@link System#nanoTime}, or a test's
     */
    public IdleConsumerReport(
            String component, String brokers, String topics, Predicate<Set<String>> hasTopic, LongSupplier nanoTime) {
        this.component = component;
        this.brokers = brokers;
        this.topics = topics;
        this.hasTopic = hasTopic;
        this.nanoTime = nanoTime;
        this.lastLook = nanoTime.getAsLong();
    }

    /** To be called after each poll. */
    public void polled(Consumer<?, ?> consumer) {
        if (consumer.assignment().isEmpty()) {
            waits(consumer);
        } else if (!assigned) {
            assigned = true;
            if (outage.ends()) {
                LOG.info("{}: reads {} now", component, topics);
            }
        }
    }

    private void waits(Consumer<?, ?> consumer) {
        if (assigned) {
            // As when the topic is deleted, or other members take all of it.
            assigned = false;
            lookAgainAfter(PATIENCE);
        } else if (nanoTime.getAsLong() - lastLook > pause.toNanos()) {
            lookAgainAfter(look(consumer));
        }
    }

    private void lookAgainAfter(Duration time) {
        lastLook = nanoTime.getAsLong();
        pause = time;
    }

    /** Says what it finds, and after which time to look again. */
    private Duration look(Consumer<?, ?> consumer) {
        try {
            Set<TopicPartition> visible = visible(consumer);
            if (visible.isEmpty()) {
                noTopic();
                return NEXT_LOOK_FOR_TOPIC;
            }
            showTo(consumer, visible);
            return noPartition();
        } catch (WakeupException | InterruptException | AuthorizationException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException unreachable) {
            noAnswer(unreachable);
            return NEXT_LOOK;
        }
    }

    /** The first partitions of the topics that are subscribed to and may be seen. */
    private Set<TopicPartition> visible(Consumer<?, ?> consumer) {
        return consumer.listTopics(LOOK_UP_TIMEOUT).keySet().stream()
                .filter(name -> hasTopic.test(Set.of(name)))
                .map(name -> new TopicPartition(name, 0))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a consumer is asked about a topic that it does not know makes it look for that topic, and then it joins its group with it. */
    private static void showTo(Consumer<?, ?> consumer, Set<TopicPartition> partitions) {
        try {
            consumer.beginningOffsets(partitions, LOOK_UP_TIMEOUT);
        } catch (WakeupException | InterruptException | AuthorizationException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException noLeader) {
            // The answer does not matter, and the topic is known all the same.
        }
    }

    private void noTopic() {
        if (outage.begins(Finding.NO_TOPIC)) {
            LOG.warn(
                    "{}: {} not found at kafka.bootstrap.servers={}; it waits for that topic to be created, or for the right to see it"
                            + " (ACL operation Describe)",
                    component,
                    topics,
                    brokers);
        }
    }

    /** The first time the consumer may not have known the topic: only if it has nothing a while later, others have it. */
    private Duration noPartition() {
        Optional<Finding> last = outage.reason();
        if (!last.equals(Optional.of(Finding.TOPIC)) && !last.equals(Optional.of(Finding.NO_PARTITION))) {
            outage.begins(Finding.TOPIC);
            return PATIENCE;
        }
        if (outage.begins(Finding.NO_PARTITION)) {
            LOG.info(
                    "{}: has no partition of {} yet: other members of its group own all of them, or one that ended without"
                            + " leaving is still waited for (session.timeout.ms)",
                    component,
                    topics);
        }
        return NEXT_LOOK;
    }

    private void noAnswer(KafkaException unreachable) {
        if (outage.begins(Finding.NO_ANSWER)) {
            LOG.warn(
                    "{}: no answer from kafka.bootstrap.servers={} ({}); it goes on trying",
                    component,
                    brokers,
                    FailureReason.message(unreachable));
        }
    }
}
