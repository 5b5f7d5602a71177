// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.LogSafeText;
import org.apache.flume.conf.LogPrivacyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether and how each record that was passed over is logged.
 *
 * @param component how messages name it, such as {@code KafkaSource r1}
 * @param detail how much of it
 */
record BadRecordLog(String component, Detail detail) {

    private static final Logger LOG = LoggerFactory.getLogger(BadRecordLog.class);

    /** How much of each record. */
    enum Detail {
        /** Not even that it was there. */
        NOTHING,
        /** Where it was and why it did not pass. */
        REASON,
        /** Key and value too, where Flume's own rule allows it. */
        CONTENT
    }

    void passedOver(BadRecord record, String whereTo) {
        if (detail == Detail.CONTENT && LogPrivacyUtil.allowLogRawData()) {
            LOG.warn(
                    "{}: passed over {}; {}; key {}, value {}",
                    component,
                    record,
                    whereTo,
                    text(record.key()),
                    text(record.value()));
        } else if (detail != Detail.NOTHING) {
            LOG.warn("{}: passed over {}; {}", component, record, whereTo);
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : "'" + LogSafeText.message(new String(bytes, UTF_8)) + "'";
    }
}
