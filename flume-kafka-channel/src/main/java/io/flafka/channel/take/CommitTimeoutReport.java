// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.channel.metrics.ChannelMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, once per outage, that take transactions end although Kafka has not confirmed their offsets, and counts these. Thread-safe. */
public final class CommitTimeoutReport {

    private static final Logger LOG = LoggerFactory.getLogger(CommitTimeoutReport.class);

    private final String channel;
    private final ChannelMetrics metrics;
    private final AtomicBoolean isReported = new AtomicBoolean();

    public CommitTimeoutReport(String channel, ChannelMetrics metrics) {
        this.channel = channel;
        this.metrics = metrics;
    }

    /** Reports that a transaction got no answer in this time. */
    void reportTimeout(Duration waited) {
        metrics.consumer().onCommitFailed();
        metrics.lastError().set("Kafka has not confirmed the commit of offsets in " + waited.toSeconds() + " s");
        if (isReported.compareAndSet(false, true)) {
            LOG.warn(
                    "KafkaChannel {}: Kafka has not confirmed the offsets of delivered events within {} s; retrying the offset commit. Sinks do"
                            + " not get these events again, unless the agent restarts or the group rebalances before the commit succeeds",
                    channel,
                    waited.toSeconds());
        }
    }

    /** Reports that a transaction got its answer in time. */
    void reportAnswer() {
        if (isReported.compareAndSet(true, false)) {
            LOG.info("KafkaChannel {}: Kafka answers offset commits again", channel);
        }
    }
}
