// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.event.MissingTopicException;
import io.flafka.failure.FailureClassifier;
import io.flafka.lifecycle.MonotonicClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topics that events name, and that Kafka does not have. Kafka's client waits {@code max.block.ms} (a minute) for such a topic, so one event waits,
 * and the others that name it are refused at once. After five minutes one event waits again: the topic may have been created.
 *
 * <p>If the operator has configured the topic, a missing one is no fault of an event, and all events wait for it. Thread-safe.
 */
public final class MissingTopics {

    private static final Duration MEMORY = Duration.ofMinutes(5);
    /** Senders choose the names, so there may be any number. */
    private static final int MOST = 1_000;

    private final Predicate<String> isNamedByEvents;
    private final Clock clock;
    private final Map<String, Instant> missingUntil = new LinkedHashMap<>();
    /** Read for each event, mostly to find that there is nothing to look up. */
    private volatile boolean isEmpty = true;

    MissingTopics(Predicate<String> isNamedByEvents, Clock clock) {
        this.isNamedByEvents = isNamedByEvents;
        this.clock = clock;
    }

    /** Returns the memory of a component whose events can name topics: those that this predicate accepts. */
    public static MissingTopics among(Predicate<String> isNamedByEvents) {
        return new MissingTopics(isNamedByEvents, MonotonicClock.INSTANCE);
    }

    /** Returns the memory of a component whose events cannot name topics. */
    static MissingTopics ofConfiguredTopic() {
        return among(topic -> false);
    }

    /**
     * Returns whether a record failed because its event names a topic that does not exist.
     *
     * @param failure why the record failed
     */
    boolean explains(@Nullable Throwable failure, ProducerRecord<String, byte[]> record) {
        return FailureClassifier.isMissingTopic(failure)
                && !(record instanceof DeadLetter)
                && isNamedByEvents.test(record.topic());
    }

    /** Remembers that a topic is missing, after an event that names it was skipped. A component that stops at such an event asks Kafka each time. */
    synchronized void add(String topic) {
        if (missingUntil.size() == MOST) {
            missingUntil.remove(missingUntil.keySet().iterator().next());
        }
        missingUntil.put(topic, clock.instant().plus(MEMORY));
        isEmpty = false;
    }

    /**
     * Checks the topic of an event before the event is sent.
     *
     * @throws MissingTopicException if the topic is known to be missing
     */
    public void check(String topic) {
        if (!isEmpty && isMissing(topic)) {
            throw new MissingTopicException(topic);
        }
    }

    private synchronized boolean isMissing(String topic) {
        Instant until = missingUntil.get(topic);
        if (until == null) {
            return false;
        }
        if (until.isAfter(clock.instant())) {
            return true;
        }
        missingUntil.remove(topic);
        isEmpty = missingUntil.isEmpty();
        return false;
    }
}
