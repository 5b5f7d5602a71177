// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import org.apache.flume.instrumentation.SourceCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounterMBean;

/** What JMX, and so every Flume reporter, shows of a Kafka source: stock's attributes, the fail counters that stock counts and hides, and ours. */
public interface SourceMetricsMBean extends KafkaSourceCounterMBean, SourceCounterMBean {

    /** How often Kafka did not accept the offsets of events that the channel has: each may mean duplicates after a restart. */
    long getOffsetCommitFailCount();

    /** Records that can never pass and were passed over ({@code errors.tolerance=all}): in the dead letter topic, or dropped without one. */
    long getBadRecordCount();

    /** How often the group took partitions away without asking, as after a batch that took longer than {@code max.poll.interval.ms}: duplicates are possible. */
    long getExpelledCount();

    /** For how many milliseconds, in all and up to now, nothing could be handed over: a full channel, a bad record, Kafka. Grows only then. */
    long getHeldUpMillis();
}
