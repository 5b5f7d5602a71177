// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import org.apache.flume.Event;

/**
 * An event from a Kafka channel. A sink can recognise it when the channel delivers it again after a rollback.
 *
 * <p>Thread-safe. While the channel runs and owns the record's partition, all events of one record have the same identity object, and events of
 * different records never share one. That holds also for records whose events are equal, and for records with the same offset before and after their
 * topic was deleted and recreated.
 */
public interface TopicBackedEvent extends Event {

    /** Returns the identity of the record. Compare it only with {@code ==}. */
    Object recordIdentity();
}
