// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.FlowStoppedException;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import io.flafka.failure.FailureReason;
import java.nio.channels.ClosedByInterruptException;
import org.apache.flume.ChannelException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the flow is held up and why, and once that it goes on; counts the time. For one thread. */
final class StallReport {

    private static final Logger LOG = LoggerFactory.getLogger(StallReport.class);

    private final String source;
    private final SourceMetrics metrics;
    private String current = "";
    private String trouble = "";

    StallReport(String source, SourceMetrics metrics) {
        this.source = source;
        this.metrics = metrics;
    }

    /** The flow stops at a record. */
    void stopped(FlowStoppedException reason) {
        if (begins(reason.location())) {
            LOG.error(
                    "KafkaSource {}: stopped at {}. Nothing behind it is delivered or committed; it is tried again",
                    source,
                    reason.getMessage());
        }
    }

    /** The channels did not take a batch, as when one is full. An interrupt at the stop is no refusal. */
    void refused(ChannelException reason) {
        if (!isInterrupt(reason) && begins("channel")) {
            Throwable root = reason.getCause() == null ? reason : reason.getCause();
            LOG.warn(
                    "KafkaSource {}: a channel does not take events ({}); it keeps the batch and its partitions, and tries again until it does",
                    source,
                    root.getMessage() == null ? root.getClass().getName() : root.getMessage());
        }
    }

    private static boolean isInterrupt(Throwable reason) {
        for (Throwable each = reason; each != null; each = each.getCause()) {
            if (each instanceof InterruptedException || each instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    /** What Flume runs between this source and its channels has failed; its stack trace is needed to mend it. */
    void failed(InterceptionFailedException failure) {
        if (begins(failure.toString())) {
            LOG.error(
                    "KafkaSource {}: {} has failed. The batch is not delivered; it is kept, with its partitions, and tried again until it passes:"
                            + " mend that class, or take it out of the agent file",
                    source,
                    failure.place(),
                    failure.getCause());
        }
    }

    /** Kafka refuses to be read. */
    void troubled(KafkaException trouble) {
        this.trouble = trouble.toString();
        if (begins(this.trouble)) {
            FailureKind kind = FailureClassifier.kindOf(trouble);
            if (kind == FailureKind.RETRY) {
                LOG.warn("KafkaSource {}: cannot read: {}; {}", source, FailureReason.of(trouble), kind.consequence());
            } else {
                LOG.error("KafkaSource {}: cannot read: {}; {}", source, FailureReason.of(trouble), kind.consequence());
            }
        }
    }

    /** Whether it is Kafka that holds the flow up. */
    boolean isTrouble() {
        return !current.isEmpty() && current.equals(trouble);
    }

    /** Events flow. */
    void over() {
        if (!current.isEmpty()) {
            current = "";
            metrics.goesOn();
            LOG.info("KafkaSource {}: goes on", source);
        }
    }

    private boolean begins(String stall) {
        if (current.isEmpty()) {
            metrics.heldUp();
        }
        boolean isNew = !stall.equals(current);
        current = stall;
        return isNew;
    }
}
