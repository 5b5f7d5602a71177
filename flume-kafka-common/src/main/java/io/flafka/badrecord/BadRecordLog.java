// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.LogSafeText;
import org.apache.flume.conf.LogPrivacyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the bad records that were skipped, if the operator wants that.
 *
 * @param component the component, as log lines name it, such as {@code KafkaSource r1}
 * @param detail how much to log of each record
 */
record BadRecordLog(String component, Detail detail) {

    private static final Logger LOG = LoggerFactory.getLogger(BadRecordLog.class);

    /** How much to log of a skipped record. */
    enum Detail {
        /** Logs nothing. */
        NOTHING,
        /** Logs where the record is and why it is bad. */
        REASON,
        /** Logs key and value too, if Flume's own switch for raw data allows it. */
        CONTENT
    }

    void logSkipped(BadRecord record, String disposal) {
        if (detail == Detail.CONTENT && LogPrivacyUtil.allowLogRawData()) {
            LOG.warn(
                    "{}: skipped {}; {}; key {}, value {}",
                    component,
                    record,
                    disposal,
                    text(record.key()),
                    text(record.value()));
        } else if (detail != Detail.NOTHING) {
            LOG.warn("{}: skipped {}; {}", component, record, disposal);
        }
    }

    /** Logs at the start that the dead letter topic cannot be used. */
    void logUnavailable(String topic, String reason) {
        LOG.warn(
                "{}: {} cannot be used yet ({}). Fix the cause; otherwise the flow stops at the first bad record until the topic can be written",
                component,
                topic,
                reason);
    }

    /** Logs that the brokers give the producer of dead letters no producer id. */
    void logNotIdempotent(String topic, String reason) {
        LOG.warn(
                "{}: {} is written without idempotence, because the brokers refuse it ({}): a lost answer can write a dead letter twice. Allow the"
                        + " user the ACL operation Write on that topic, and with brokers older than 2.8 also IdempotentWrite on the cluster",
                component,
                topic,
                reason);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : "'" + LogSafeText.message(new String(bytes, UTF_8)) + "'";
    }
}
