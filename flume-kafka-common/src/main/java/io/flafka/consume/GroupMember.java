// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import io.flafka.failure.UnusableClient;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/**
 * Whether a consumer has left its group for good. With {@code group.protocol=consumer} Kafka's client does so when a heartbeat is refused, as after a
 * login that does not pass: it tells that once, and from then on reads nothing, without a word. Then only another consumer helps.
 *
 * <p>For the consumer's thread.
 */
public final class GroupMember {

    /** One that goes on trying to log in is refused again sooner. */
    private static final Duration SILENCE = Duration.ofSeconds(5);
    /** Where a right is missing, the next one leaves as well, and each logs a hundred lines of settings. */
    private static final Duration SILENCE_WITHOUT_RIGHT = Duration.ofSeconds(30);

    private final boolean mayLeave;
    private final LongSupplier nanoTime;
    private boolean joined;
    private boolean refused;
    private long refusedNanos;
    private Duration silence = SILENCE;

    /**
     * A new one.
     *
     * @param groupProtocol the consumer's
     */
    public GroupMember(String groupProtocol) {
        this(groupProtocol, System::nanoTime);
    }

    GroupMember(String groupProtocol, LongSupplier nanoTime) {
        this.mayLeave = groupProtocol.equalsIgnoreCase("consumer");
        this.nanoTime = nanoTime;
    }

    /** After a poll: these partitions it has. */
    public void polled(Collection<?> assignment) {
        if (!assignment.isEmpty()) {
            joined = true;
            refused = false;
        }
    }

    /** A poll has failed so. */
    public void failed(KafkaException failure) {
        // Another process has its name: that one would be put out in turn.
        if (FailureClassifier.kindOf(failure) == FailureKind.FATAL && !(failure instanceof FencedInstanceIdException)) {
            refused = true;
            refusedNanos = nanoTime.getAsLong();
            silence = UnusableClient.isLoginRefused(failure) ? SILENCE : SILENCE_WITHOUT_RIGHT;
        }
    }

    /** Whether another consumer should take its place, as far as these partitions show; one that never had any may still be trying. */
    public boolean hasLeft(Collection<?> assignment) {
        return mayLeave
                && refused
                && assignment.isEmpty()
                && (joined || nanoTime.getAsLong() - refusedNanos >= silence.toNanos());
    }
}
