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
 * Subscribes a consumer to its topics, and notices when it has left its group without a report. With {@code group.protocol=consumer} Kafka's client has
 * two problems:
 *
 * <ul>
 *   <li>When a heartbeat is rejected, for example after a failed login, the consumer leaves the group. It reports that once. After that it reads
 *       nothing and reports nothing. Only a new consumer helps: {@link #hasLeft}.
 *   <li>Before it has joined, a consumer without the right to describe one of its topics retries at once after each answer. That is hundreds of
 *       requests per second, each with an ERROR in the log. So this class unsubscribes at the first refusal, and subscribes again when Kafka
 *       describes the topics.
 * </ul>
 *
 * <p>For the thread that owns the consumer.
 */
public final class GroupMembership {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMembership.class);

    /** A consumer that still tries to log in is refused again within this time. */
    private static final Duration SILENCE_AFTER_REFUSED_LOGIN = Duration.ofSeconds(5);

    /** Longer, because without a right the new consumer leaves as well, and each new consumer logs a hundred lines of settings. */
    private static final Duration SILENCE_AFTER_DENIAL = Duration.ofSeconds(30);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final boolean usesConsumerProtocol;
    private final Consumer<?, ?> consumer;
    private final Runnable subscription;
    private final LongSupplier nanoTime;
    private boolean subscribed;
    /** The topics of the last subscription, if it ended because the right to describe one of them is missing. */
    private Set<String> deniedTopics = Set.of();

    private boolean hadPartitions;
    private boolean refused;
    private long refusedNanos;
    private Duration silence = SILENCE_AFTER_REFUSED_LOGIN;

    /**
     * Creates the membership of a consumer that has not subscribed yet.
     *
     * @param groupProtocol the value of {@code group.protocol}
     * @param consumer the member of the group
     * @param subscription subscribes the consumer to its topics
     */
    public GroupMembership(String groupProtocol, Consumer<?, ?> consumer, Runnable subscription) {
        this(groupProtocol, consumer, subscription, System::nanoTime);
    }

    GroupMembership(String groupProtocol, Consumer<?, ?> consumer, Runnable subscription, LongSupplier nanoTime) {
        this.usesConsumerProtocol = groupProtocol.equalsIgnoreCase("consumer");
        this.consumer = consumer;
        this.subscription = subscription;
        this.nanoTime = nanoTime;
    }

    /**
     * Subscribes the consumer if it is not subscribed. To be called before each poll.
     *
     * @throws TopicAuthorizationException if the right to describe one of the topics is still missing
     */
    public void ensureSubscribed() {
        if (!subscribed) {
            for (String topic : deniedTopics) {
                int partitions = consumer.partitionsFor(topic, ANSWER_TIMEOUT).size();
                LOG.debug("Kafka describes topic {}, which has {} partitions", topic, partitions);
            }
            subscription.run();
            subscribed = true;
        }
    }

    /** Records whether the consumer has partitions. To be called after each poll that did not throw. */
    public void afterPoll() {
        if (!consumer.assignment().isEmpty()) {
            hadPartitions = true;
            refused = false;
        }
    }

    /** Handles the failure of a subscription or of a poll. */
    public void onFailure(KafkaException failure) {
        // A fenced member is not replaced: another process uses its group.instance.id, and would be fenced in turn.
        if (FailureClassifier.kindOf(failure) == FailureKind.FATAL && !(failure instanceof FencedInstanceIdException)) {
            refused = true;
            refusedNanos = nanoTime.getAsLong();
            silence = UnusableClient.isLoginRefused(failure) ? SILENCE_AFTER_REFUSED_LOGIN : SILENCE_AFTER_DENIAL;
        }
        if (subscribed
                && failure instanceof TopicAuthorizationException
                && usesConsumerProtocol
                && consumer.assignment().isEmpty()) {
            unsubscribe();
        }
    }

    private void unsubscribe() {
        subscribed = false;
        deniedTopics = Set.copyOf(consumer.subscription());
        try {
            consumer.unsubscribe();
        } catch (KafkaException refusedAgain) {
            LOG.debug("Unsubscribing was refused", refusedAgain);
        }
    }

    /**
     * Returns whether the consumer has left its group and must be replaced by a new one. A consumer that never had a partition may still be trying to
     * join; it counts as gone only after some time without another refusal.
     */
    public boolean hasLeft() {
        return usesConsumerProtocol
                && refused
                && consumer.assignment().isEmpty()
                && (hadPartitions || nanoTime.getAsLong() - refusedNanos >= silence.toNanos());
    }
}
