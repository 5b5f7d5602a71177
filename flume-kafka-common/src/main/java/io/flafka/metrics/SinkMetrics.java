// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import org.apache.flume.instrumentation.kafka.KafkaSinkCounter;

/** The counters of a Kafka sink, under the MBean name {@code org.apache.flume.sink:type=<name>}. Thread-safe. */
public final class SinkMetrics extends KafkaSinkCounter implements SinkMetricsMBean {

    /** For the sink of that name; registered when started. */
    public SinkMetrics(String sinkName) {
        super(sinkName);
    }
}
