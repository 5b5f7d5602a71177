// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import org.apache.flume.instrumentation.kafka.KafkaChannelCounterMBean;

/** What JMX, and so every Flume reporter, shows of a Kafka channel: stock's attributes, and what stock does not count. */
public interface ChannelMetricsMBean extends KafkaChannelCounterMBean {

    /** Puts that failed: events that cannot become a record, and transactions that Kafka did not acknowledge. */
    long getEventPutFailCount();

    /** Takes that ended in an error, among them each attempt at a record that is no event. */
    long getEventTakeFailCount();

    /** How often Kafka did not accept the offsets of taken events: each may mean duplicates. */
    long getOffsetCommitFailCount();

    /** Records that can never pass and were passed over ({@code errors.tolerance=all}): in the dead letter topic, or dropped without one. */
    long getBadRecordCount();

    /** How many events were delivered by take transactions that outlived their partition: another member of the group delivers them again. */
    long getEventTakeRevokedCount();
}
