// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
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

    private static final Duration LONGEST_WITHOUT = Duration.ofSeconds(30);

    private final boolean mayLeave;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private boolean joined;
    private boolean refused;

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
        this.startNanos = nanoTime.getAsLong();
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
        refused |= FailureClassifier.kindOf(failure) == FailureKind.FATAL
                && !(failure instanceof FencedInstanceIdException);
    }

    /** Whether another consumer should take its place, as far as these partitions show; one that was refused from the beginning may only be waiting. */
    public boolean hasLeft(Collection<?> assignment) {
        return mayLeave
                && refused
                && assignment.isEmpty()
                && (joined || nanoTime.getAsLong() - startNanos >= LONGEST_WITHOUT.toNanos());
    }
}
