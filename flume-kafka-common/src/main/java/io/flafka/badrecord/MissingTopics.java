// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.event.MissingTopicException;
import io.flafka.failure.FailureClassifier;
import io.flafka.lifecycle.MonotonicClock;
import io.flafka.produce.batch.PublishException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topics that events name, and that Kafka does not have. Kafka's client waits {@code max.block.ms} (a minute) for such a topic, because the brokers
 * may create it. Events that name the same topic do not wait again for five minutes. If events have waited for three topics in vain, the brokers probably
 * create none. Then no event waits for a quarter of an hour: the brokers are asked whether they have its topic.
 *
 * <p>A topic that the operator has configured is different: if it does not exist, all events wait for it. Thread-safe.
 */
public final class MissingTopics {

    private static final Duration MEMORY_OF_WAIT = Duration.ofMinutes(5);
    private static final Duration MEMORY_OF_ANSWER = Duration.ofSeconds(10);
    private static final Duration TIME_WITHOUT_WAITS = Duration.ofMinutes(15);
    private static final int WAITS = 3;
    /** Senders choose the names, so there may be any number. */
    private static final int MOST = 1_000;

    private final Predicate<String> isNamedByEvents;
    private final Predicate<String> isMissingAtBrokers;
    private final Charset keyCharset;
    private final Clock clock;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Set<String> waitedFor = new HashSet<>();
    private Instant askUntil = Instant.MIN;
    /** Read for each event, mostly to find that none has waited. */
    private volatile boolean hasWaited;

    /** What the brokers have said about a topic, and until when that is good enough. */
    private record Answer(boolean isMissing, Instant until) {}

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
     * @param lookup asks the brokers; the caller closes it
     * @param keyCharset the charset of the producer's keys
     */
    public static MissingTopics among(Predicate<String> isNamedByEvents, TopicLookup lookup, Charset keyCharset) {
        return new MissingTopics(isNamedByEvents, lookup::isMissing, keyCharset, MonotonicClock.INSTANCE);
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

    /**
     * Remembers that an event has waited for a missing topic in vain, after that event was skipped. A component that stops at such an event asks Kafka each
     * time.
     */
    synchronized void add(String topic) {
        Instant now = clock.instant();
        remember(topic, new Answer(true, now.plus(MEMORY_OF_WAIT)));
        waitedFor.add(topic);
        if (waitedFor.size() >= WAITS) {
            waitedFor.clear();
            askUntil = now.plus(TIME_WITHOUT_WAITS);
        }
        hasWaited = true;
    }

    /** Returns the bad record, if its topic is known to be missing. For a record that was not sent yet. */
    public Optional<BadRecord> refusalOf(ProducerRecord<String, byte[]> record) {
        return hasWaited && isNamedByEvents.test(record.topic()) && isMissing(record.topic())
                ? Optional.of(refused(record, keyCharset))
                : Optional.empty();
    }

    /** Returns a record as bad because its topic does not exist. */
    static BadRecord refused(ProducerRecord<String, byte[]> record, Charset keyCharset) {
        MissingTopicException reason = new MissingTopicException(record.topic());
        return BadRecord.refused(
                record, keyCharset, new PublishException(0, 1, String.valueOf(reason.getMessage()), record, reason));
    }

    private synchronized boolean isMissing(String topic) {
        Instant now = clock.instant();
        Answer known = answers.get(topic);
        if (known != null && known.until().isAfter(now)) {
            return known.isMissing();
        }
        if (!askUntil.isAfter(now)) {
            return false;
        }
        boolean isMissing = isMissingAtBrokers.test(topic);
        remember(topic, new Answer(isMissing, now.plus(MEMORY_OF_ANSWER)));
        return isMissing;
    }

    private void remember(String topic, Answer answer) {
        answers.remove(topic);
        if (answers.size() == MOST) {
            answers.remove(answers.keySet().iterator().next());
        }
        answers.put(topic, answer);
    }
}
