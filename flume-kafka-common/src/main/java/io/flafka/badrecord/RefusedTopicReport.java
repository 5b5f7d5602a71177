// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disposes of bad records as another policy does, and reports those that are only bad because of their topic: this component may not write it, or it does
 * not exist. Nothing is wrong with such a record, and after a right is taken away it can be every record. The report comes with the first one, and
 * then once a minute while there are more. Thread-safe.
 */
final class RefusedTopicReport implements BadRecordPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedTopicReport.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final BadRecordPolicy policy;
    private final String component;
    private final String fate;
    private final Clock clock;
    private long refused;
    private @Nullable Instant reported;

    /**
     * Creates the report of one run of a component.
     *
     * @param policy disposes of the records
     * @param component the component, as log lines name it
     * @param fate what the policy does to a record: the rest of a sentence
     */
    RefusedTopicReport(BadRecordPolicy policy, String component, String fate, Clock clock) {
        this.policy = policy;
        this.component = component;
        this.fate = fate;
        this.clock = clock;
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
        Optional<TopicRefusal> refusal = TopicRefusal.of(record);
        if (refusal.isEmpty()) {
            return;
        }
        refused++;
        Instant now = clock.instant();
        if (reported == null || reported.plus(INTERVAL).isBefore(now)) {
            reported = now;
            LOG.error(
                    "{}: {}, so such records are {} ({} so far)",
                    component,
                    refusal.get().problem(),
                    fate,
                    refused);
        }
    }

    @Override
    public void close() {
        policy.close();
    }
}
