// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import io.flafka.failure.UnusableClient;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer as a member of its group, as far as Kafka's client does not look after that. With {@code group.protocol=consumer} it does two things that
 * nobody wants:
 *
 * <ul>
 *   <li>When a heartbeat is refused, as after a login that does not pass, it leaves the group. It tells that once, and from then on reads nothing, without
 *       a word. Then only another consumer helps.
 *   <li>While it may not see a topic that it has asked for, and is not in the group yet, it asks again at every answer, hundreds of times per second, and
 *       each refusal is an ERROR in the log. So its subscription ends at the first refusal, and begins again when Kafka describes these topics to it.
 * </ul>
 *
 * <p>For the consumer's thread.
 */
public final class GroupMembership {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMembership.class);

    /** One that goes on trying to log in is refused again sooner. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    /** Where a right is missing, the next one leaves as well, and each logs a hundred lines of settings. */
    private static final Duration SILENCE_WITHOUT_RIGHT = Duration.ofSeconds(30);

    private final boolean isOfConsumerProtocol;
    private final Consumer<?, ?> consumer;
    private final Runnable subscription;
    private final LongSupplier nanoTime;
    private boolean subscribed;
    /** The topics of a subscription that has ended, as one of them may not be seen. */
    private Set<String> denied = Set.of();

    private boolean joined;
    private boolean refused;
    private long refusedNanos;
    private Duration silence = SILENCE;

    /**
     * A new one, which has not joined.
     *
     * @param groupProtocol the consumer's
     * @param consumer the member
     * @param subscription subscribes that consumer to its topics
     */
    public GroupMembership(String groupProtocol, Consumer<?, ?> consumer, Runnable subscription) {
        this(groupProtocol, consumer, subscription, System::nanoTime);
    }

    GroupMembership(String groupProtocol, Consumer<?, ?> consumer, Runnable subscription, LongSupplier nanoTime) {
        this.isOfConsumerProtocol = groupProtocol.equalsIgnoreCase("consumer");
        this.consumer = consumer;
        this.subscription = subscription;
        this.nanoTime = nanoTime;
    }

    /**
     * Before a poll: subscribes, if it is not subscribed.
     *
     * @throws TopicAuthorizationException if one of the topics may still not be seen
     */
    public void join() {
        if (!subscribed) {
            for (String topic : denied) {
                int partitions = consumer.partitionsFor(topic, ANSWER_TIMEOUT).size();
                LOG.debug("Topic {} may be seen, with {} partitions", topic, partitions);
            }
            subscription.run();
            subscribed = true;
        }
    }

    /** After a poll. */
    public void polled() {
        if (!consumer.assignment().isEmpty()) {
            joined = true;
            refused = false;
        }
    }

    /** Joining, or a poll, has failed so. */
    public void failed(KafkaException failure) {
        // Another process has its name: that one would be put out in turn.
        if (FailureClassifier.kindOf(failure) == FailureKind.FATAL && !(failure instanceof FencedInstanceIdException)) {
            refused = true;
            refusedNanos = nanoTime.getAsLong();
            silence = UnusableClient.isLoginRefused(failure) ? SILENCE : SILENCE_WITHOUT_RIGHT;
        }
        if (subscribed
                && failure instanceof TopicAuthorizationException
                && isOfConsumerProtocol
                && consumer.assignment().isEmpty()) {
            unsubscribe();
        }
    }

    private void unsubscribe() {
        subscribed = false;
        denied = Set.copyOf(consumer.subscription());
        try {
            consumer.unsubscribe();
        } catch (KafkaException refusedAgain) {
            LOG.debug("The subscription has ended with a refusal", refusedAgain);
        }
    }

    /** Whether another consumer should take its place; one that never had a partition may still be trying. */
    public boolean hasLeft() {
        return isOfConsumerProtocol
                && refused
                && consumer.assignment().isEmpty()
                && (joined || nanoTime.getAsLong() - refusedNanos >= silence.toNanos());
    }
}
