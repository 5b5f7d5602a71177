// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import org.apache.flume.instrumentation.SourceCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounterMBean;

/**
 * The attributes of a Kafka source in JMX and in every Flume reporter: those of Flume's own Kafka source, the failure counters that it keeps but does
 * not show, and those of this plugin.
 */
public interface SourceMetricsMBean extends KafkaSourceCounterMBean, SourceCounterMBean {

    /** Returns how many commits of delivered offsets failed. Each can cause duplicates after a restart. */
    long getOffsetCommitFailCount();

    /** Returns how many bad records were skipped ({@code errors.tolerance=all}): written to the dead letter topic, or dropped if none is set. */
    long getBadRecordCount();

    /** Returns how often the group expelled the source, as after a batch that took longer than {@code max.poll.interval.ms}. Can cause duplicates. */
    long getExpelledCount();

    /** Returns how many milliseconds, in total and until now, a full channel, an interceptor, a bad record or Kafka prevented all delivery. */
    long getHeldUpMillis();
}
