// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.config.LogSafeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disposes of bad records as another policy does, and reports those that are only bad because the brokers do not let this component write their topic.
 * Nothing is wrong with such a record, and after a right is taken away it can be every record. The report comes with the first one, and then once a
 * minute while there are more. Thread-safe.
 */
final class DeniedTopicReport implements BadRecordPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(DeniedTopicReport.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final BadRecordPolicy policy;
    private final String component;
    private final String fate;
    private final Clock clock;
    private long denied;
    private @Nullable Instant reported;

    /**
     * Creates the report of one run of a component.
     *
     * @param policy disposes of the records
     * @param component the component, as log lines name it
     * @param fate what the policy does to a record: the rest of a sentence
     */
    DeniedTopicReport(BadRecordPolicy policy, String component, String fate, Clock clock) {
        this.policy = policy;
        this.component = component;
        this.fate = fate;
        this.clock = clock;
    }

    /** Returns whether the record could be written if the operator granted a right. */
    static boolean isDenied(BadRecord record) {
        return record.reason() instanceof TopicAuthorizationException;
    }

    /** Returns what to do, for the end of a log line. */
    static String remedy(BadRecord record) {
        return "allow this component's user to write topic %s (ACL operation Write)".formatted(topic(record));
    }

    @Override
    public void dispose(BadRecord record) throws FlowStoppedException {
        policy.dispose(record);
        report(record);
    }

    @Override
    public Optional<ProducerRecord<String, byte[]>> replace(BadRecord record) throws FlowStoppedException {
        Optional<ProducerRecord<String, byte[]>> replacement = policy.replace(record);
        report(record);
        return replacement;
    }

    private synchronized void report(BadRecord record) {
        if (!isDenied(record)) {
            return;
        }
        denied++;
        Instant now = clock.instant();
        if (reported == null || reported.plus(INTERVAL).isBefore(now)) {
            reported = now;
            LOG.error(
                    "{}: may not write topic {}, so such records are {} ({} so far). To end this, {}",
                    component,
                    topic(record),
                    fate,
                    denied,
                    remedy(record));
        }
    }

    private static String topic(BadRecord record) {
        return LogSafeText.value(record.location().topic().orElse("of an unknown name"));
    }

    @Override
    public void close() {
        policy.close();
    }
}
