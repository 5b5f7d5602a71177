// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import org.apache.flume.instrumentation.SinkCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounterMBean;

/**
 * The attributes of a Kafka sink in JMX, and so in every Flume reporter: those of Flume's own Kafka sink, and the failure counters that Flume's own
 * sink counts but does not show.
 */
public interface SinkMetricsMBean extends KafkaSinkCounterMBean, SinkCounterMBean {

    /** Returns the number of bad records that {@code errors.tolerance=all} skipped: sent to the dead letter topic, or dropped if there is none. */
    long getBadRecordCount();
}
