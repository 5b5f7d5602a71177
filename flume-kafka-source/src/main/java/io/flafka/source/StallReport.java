// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.event.MalformedEventException;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the flow is held up and why, and once that it goes on. For one thread. */
final class StallReport {

    private static final Logger LOG = LoggerFactory.getLogger(StallReport.class);

    private final String source;
    private String current = "";

    StallReport(String source) {
        this.source = source;
    }

    /** The flow stops at a record that is no event. */
    void malformed(ConsumerRecord<String, byte[]> record, MalformedEventException reason) {
        String where = record.topic() + "-" + record.partition() + " offset " + record.offset();
        if (begins(where)) {
            LOG.error(
                    "KafkaSource {}: stopped at {}: {}. Nothing behind it is delivered or committed. If the topic holds raw records, set"
                            + " useFlumeEventFormat=false; to skip just this record, stop the agent and move the group's offset past it",
                    source,
                    where,
                    reason.getMessage());
        }
    }

    /** The channels did not take a batch, as when one is full. */
    void refused(ChannelException reason) {
        if (begins("channel")) {
            Throwable root = reason.getCause() == null ? reason : reason.getCause();
            LOG.warn(
                    "KafkaSource {}: a channel does not take events ({}); it keeps the batch and its partitions, and tries again until it does",
                    source,
                    root.getMessage());
        }
    }

    /** Kafka refuses to be read. */
    void troubled(KafkaException trouble) {
        if (begins(trouble.toString())) {
            FailureKind kind = FailureClassifier.kindOf(trouble);
            if (kind == FailureKind.RETRY) {
                LOG.warn("KafkaSource {}: cannot read: {}; {}", source, trouble.toString(), kind.consequence());
            } else {
                LOG.error("KafkaSource {}: cannot read: {}; {}", source, trouble.toString(), kind.consequence());
            }
        }
    }

    /** Events flow. */
    void over() {
        if (!current.isEmpty()) {
            current = "";
            LOG.info("KafkaSource {}: goes on", source);
        }
    }

    private boolean begins(String stall) {
        boolean isNew = !stall.equals(current);
        current = stall;
        return isNew;
    }
}
