// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import org.apache.flume.Event;

/**
 * An event that a Kafka channel gives, and that can be recognised when the channel gives it again after a rollback.
 *
 * <p>Thread-safe. Guarantee: as long as the channel runs and owns the record's partition, an event of the same record has the same identity object,
 * and events of two records never share one. Events that are equal, and records at the same offset of a topic that was deleted and made anew, are
 * different records.
 */
public interface KafkaRecordEvent extends Event {

    /** The record's identity: to be compared with {@code ==}, never with {@code equals}, and not to be looked into. */
    Object recordIdentity();
}
