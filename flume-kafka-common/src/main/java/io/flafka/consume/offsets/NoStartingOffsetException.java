// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import java.util.Set;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;

/**
 * Thrown with {@code auto.offset.reset = none} if partitions have no valid offset to read from. The message says why, and what the operator must do.
 */
public final class NoStartingOffsetException extends InvalidOffsetException {

    private static final long serialVersionUID = 1L;

    private final transient Set<TopicPartition> partitions;

    NoStartingOffsetException(String message, Set<TopicPartition> partitions) {
        super(message);
        this.partitions = Set.copyOf(partitions);
    }

    @Override
    public Set<TopicPartition> partitions() {
        return partitions;
    }
}
