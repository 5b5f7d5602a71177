// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounter;

/** The counters of a Kafka sink, under the MBean name {@code org.apache.flume.sink:type=<name>}. Thread-safe. */
public final class SinkMetrics extends KafkaSinkCounter implements SinkMetricsMBean {

    private final LongAdder badRecordCount = new LongAdder();

    /** For the sink of that name; registered when started. */
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

    /** One more record that was passed over. */
    public void incrementBadRecordCount() {
        badRecordCount.increment();
    }
}
