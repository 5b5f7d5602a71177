// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounter;

/** Counts what a Kafka sink does, under the MBean name {@code org.apache.flume.sink:type=<name>}. Thread-safe. */
public final class SinkMetrics extends KafkaSinkCounter implements SinkMetricsMBean {

    private final LongAdder badRecordCount = new LongAdder();

    /** Creates the counters of a sink; {@link #start} registers them. */
    public SinkMetrics(String sinkName) {
        super(sinkName);
    }

    @Override
    public void start() {
        badRecordCount.reset();
        super.start();
    }

    @Override
    public long getBadRecordCount() {
        return badRecordCount.sum();
    }

    /** Counts a record that was skipped. */
    public void incrementBadRecordCount() {
        badRecordCount.increment();
    }
}
