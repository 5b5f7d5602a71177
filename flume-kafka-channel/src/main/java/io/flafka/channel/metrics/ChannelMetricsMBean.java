// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import org.apache.flume.instrumentation.kafka.KafkaChannelCounterMBean;

/** The metrics of a Kafka channel in JMX, which every Flume reporter shows: those of stock, and what stock does not count. */
public interface ChannelMetricsMBean extends KafkaChannelCounterMBean {

    /** Returns how many puts failed: events that cannot become a record or are too many, and transactions that Kafka did not acknowledge. */
    long getEventPutFailCount();

    /** Returns how many takes failed, including each attempt at a record that cannot become an event. */
    long getEventTakeFailCount();

    /** Returns how many commits of delivered events' offsets Kafka did not confirm. Each can mean events that are delivered again. */
    long getOffsetCommitFailCount();

    /** Returns how many bad records were dropped or written to the dead letter topic ({@code errors.tolerance=all}). */
    long getBadRecordCount();

    /** Returns how many events were delivered after their partition was revoked or its position was reset. They may be delivered again. */
    long getEventTakeRevokedCount();
}
