// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.event.MissingTopicException;
import io.flafka.failure.FailureClassifier;
import io.flafka.lifecycle.MonotonicClock;
import io.flafka.produce.batch.PublishException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topics that events name, and that Kafka does not have. Kafka's client waits {@code max.block.ms} (a minute) for such a topic, so one event waits,
 * and the others that name it are refused at once. After five minutes one event waits again: the topic may have been created.
 *
 * <p>A topic that the operator has configured is different: if it does not exist, all events wait for it. Thread-safe.
 */
public final class MissingTopics {

    private static final Duration MEMORY = Duration.ofMinutes(5);
    /** Senders choose the names, so there may be any number. */
    private static final int MOST = 1_000;

    private final Predicate<String> isNamedByEvents;
    private final Predicate<String> isMissingAtBrokers;
    private final Charset keyCharset;
    private final Clock clock;
    private final Map<String, Instant> missingUntil = new LinkedHashMap<>();
    /** Read for each event, mostly to find that there is nothing to look up. */
    private volatile boolean isEmpty = true;

    MissingTopics(
            Predicate<String> isNamedByEvents, Predicate<String> isMissingAtBrokers, Charset keyCharset, Clock clock) {
        this.isNamedByEvents = isNamedByEvents;
        this.isMissingAtBrokers = isMissingAtBrokers;
        this.keyCharset = keyCharset;
        this.clock = clock;
    }

    /**
     * Returns the memory of a component whose events can name topics.
     *
     * @param isNamedByEvents whether only events name a topic, and not the operator
     * @param client the settings of the component's client, which also asks the brokers
     */
    public static MissingTopics among(Predicate<String> isNamedByEvents, ClientSettings client, KafkaClients clients) {
        return new MissingTopics(
                isNamedByEvents,
                topic -> TopicLookup.isMissing(topic, () -> clients.admin(client)),
                client.keyCharset(),
                MonotonicClock.INSTANCE);
    }

    /** Returns the memory of a component whose events cannot name topics. */
    public static MissingTopics ofConfiguredTopic() {
        return new MissingTopics(topic -> false, topic -> false, StandardCharsets.UTF_8, MonotonicClock.INSTANCE);
    }

    /**
     * Returns whether a record failed because its event names a topic that does not exist. Asks the brokers: Kafka's client gives the last reason that it
     * has heard, also if no broker has answered since.
     *
     * @param failure why the record failed
     */
    boolean explains(@Nullable Throwable failure, ProducerRecord<String, byte[]> record) {
        return FailureClassifier.isMissingTopic(failure)
                && !(record instanceof DeadLetter)
                && isNamedByEvents.test(record.topic())
                && isMissingAtBrokers.test(record.topic());
    }

    /** Remembers that a topic is missing, after an event that names it was skipped. A component that stops at such an event asks Kafka each time. */
    synchronized void add(String topic) {
        if (missingUntil.size() == MOST) {
            missingUntil.remove(missingUntil.keySet().iterator().next());
        }
        missingUntil.put(topic, clock.instant().plus(MEMORY));
        isEmpty = false;
    }

    /** Returns the bad record, if its topic is known to be missing. For a record that was not sent yet. */
    public Optional<BadRecord> refusalOf(ProducerRecord<String, byte[]> record) {
        return !isEmpty && isMissing(record.topic()) ? Optional.of(refused(record, keyCharset)) : Optional.empty();
    }

    /** Returns a record as bad because its topic does not exist. */
    static BadRecord refused(ProducerRecord<String, byte[]> record, Charset keyCharset) {
        MissingTopicException reason = new MissingTopicException(record.topic());
        return BadRecord.refused(
                record, keyCharset, new PublishException(0, 1, String.valueOf(reason.getMessage()), record, reason));
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
