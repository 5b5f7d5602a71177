// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import org.apache.flume.instrumentation.SinkCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounterMBean;

/** What JMX, and so every Flume reporter, shows of a Kafka sink: stock's attributes, and the fail counters that stock counts and hides. */
public interface SinkMetricsMBean extends KafkaSinkCounterMBean, SinkCounterMBean {

    /** Records that can never pass and were passed over ({@code errors.tolerance=all}): in the dead letter topic, or dropped without one. */
    long getBadRecordCount();
}
