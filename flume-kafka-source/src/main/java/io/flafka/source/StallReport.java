// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.FlowStoppedException;
import io.flafka.config.LogSafeText;
import io.flafka.failure.ClientAccess;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import io.flafka.failure.Outage;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.ChannelException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once when and why the source stalls, and once when it resumes. Measures the time between. For one thread. */
final class StallReport {

    private static final Logger LOG = LoggerFactory.getLogger(StallReport.class);

    private final String source;
    private final ClientAccess access;
    private final Duration calm;
    private final SourceMetrics metrics;
    private final Outage<String> stall = new Outage<>();
    private final Set<Class<?>> loggedWithTrace = new HashSet<>();
    private String lastKafkaFailure = "";
    private long lastFailureNanos;

    /**
     * Creates the report of a source.
     *
     * @param access which brokers the source reads from, and as whom
     * @param calm how long Kafka must not fail before a poll without records can end a stall: some denied requests alternate with such polls
     */
    StallReport(String source, ClientAccess access, Duration calm, SourceMetrics metrics) {
        this.access = access;
        this.calm = calm;
        this.source = source;
        this.metrics = metrics;
    }

    /** Reports that the source stopped at a bad record. */
    void onBadRecord(FlowStoppedException reason) {
        if (startStall(reason.location(), "stopped at " + reason.getMessage())) {
            LOG.error(
                    "KafkaSource {}: stopped at {}. Nothing after this record is delivered or committed; retrying",
                    source,
                    reason.getMessage());
        }
    }

    /** Reports that a channel rejected a batch, for example because it is full. An interrupt at the stop is not reported. */
    void onChannelRejection(ChannelException reason) {
        if (isInterrupt(reason)) {
            return;
        }
        Throwable root = reason.getCause() == null ? reason : reason.getCause();
        String message =
                LogSafeText.message(root.getMessage() == null ? root.getClass().getName() : root.getMessage());
        if (startStall("channel", "a channel rejects events: " + message)) {
            LOG.warn(
                    "KafkaSource {}: a channel rejects events ({}); the source keeps the batch and its partitions and retries until the"
                            + " channel accepts it",
                    source,
                    message);
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

    /** Reports a failure of code between the source and its channels, with the stack trace that is needed to fix that code. */
    void onInterceptionFailure(InterceptionFailedException failure) {
        if (startStall(failure.toString(), failure.failedCode() + " failed: " + failure.getCause())) {
            LOG.error(
                    "KafkaSource {}: {} failed. The batch is not delivered; the source keeps it and its partitions and retries until it"
                            + " passes. Fix that class, or remove it from the agent file. If Flume's file channel has closed, restart the agent",
                    source,
                    failure.failedCode(),
                    failure.getCause());
        }
    }

    /** Reports that the consumer cannot read. */
    void onKafkaFailure(KafkaException failure) {
        lastKafkaFailure = failure.toString();
        lastFailureNanos = System.nanoTime();
        String reason = access.reason(failure);
        if (startStall(lastKafkaFailure, "cannot read: " + reason)) {
            FailureKind kind = FailureClassifier.kindOf(failure);
            if (kind == FailureKind.RETRY) {
                LOG.warn("KafkaSource {}: cannot read: {}; {}", source, reason, kind.consequence());
            } else {
                LOG.error("KafkaSource {}: cannot read: {}; {}", source, reason, kind.consequence());
            }
        }
    }

    /** Reports that the consumer is replaced after an error in some code. The first of a kind has the stack trace that is needed to fix that code. */
    void onConsumerFailure(Error failure) {
        metrics.incrementGenericProcessingFail();
        lastKafkaFailure = failure.toString();
        lastFailureNanos = System.nanoTime();
        if (startStall(lastKafkaFailure, "its Kafka consumer failed: " + failure)) {
            String text =
                    "KafkaSource %s: its Kafka consumer failed (%s); replacing the consumer. The new one reads on after the last delivered event"
                            .formatted(source, failure);
            if (loggedWithTrace.add(failure.getClass())) {
                LOG.error(text, failure);
            } else {
                LOG.error(text);
            }
        }
    }

    /** Returns whether the current stall is a failure of Kafka. */
    boolean isKafkaFailing() {
        return stall.reason().equals(Optional.of(lastKafkaFailure));
    }

    /** Returns whether Kafka has not failed for some time, so that a poll without records may be a success. */
    boolean isCalm() {
        return System.nanoTime() - lastFailureNanos >= calm.toNanos();
    }

    /** Ends the current stall, if any. */
    void clear() {
        metrics.heldUp().onSuccess();
        if (stall.ends()) {
            LOG.info("KafkaSource {}: resumed", source);
        }
    }

    /**
     * Returns whether the reason differs from that of the current stall.
     *
     * @param error the failure, as the metrics show it
     */
    private boolean startStall(String reason, String error) {
        metrics.heldUp().onFailure();
        metrics.lastError().set(error);
        return stall.begins(reason);
    }
}
