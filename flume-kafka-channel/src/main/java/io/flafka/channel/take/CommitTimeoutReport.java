// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.channel.metrics.ChannelMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, once until it is over, that take transactions end without an answer from Kafka to the commit of their offsets. Thread-safe. */
public final class CommitTimeoutReport {

    private static final Logger LOG = LoggerFactory.getLogger(CommitTimeoutReport.class);

    private final String channel;
    private final ChannelMetrics metrics;
    private final AtomicBoolean isTold = new AtomicBoolean();

    /** For one channel; nothing is wrong yet. */
    public CommitTimeoutReport(String channel, ChannelMetrics metrics) {
        this.channel = channel;
        this.metrics = metrics;
    }

    /** A transaction has waited in vain. */
    void began(Duration waited) {
        metrics.incrementOffsetCommitFailCount();
        if (isTold.compareAndSet(false, true)) {
            LOG.warn(
                    "KafkaChannel {}: Kafka has not confirmed the offsets of delivered events within {} s. The events are not given again; the offsets"
                            + " are committed as soon as Kafka answers. A restart or a rebalance before that delivers these events once more",
                    channel,
                    waited.toSeconds());
        }
    }

    /** A transaction has got its answer. */
    void ended() {
        if (isTold.compareAndSet(true, false)) {
            LOG.info("KafkaChannel {}: Kafka answers to the commit of offsets again", channel);
        }
    }
}
