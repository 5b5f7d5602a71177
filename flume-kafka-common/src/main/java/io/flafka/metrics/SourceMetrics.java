// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounter;

/** The counters of a Kafka source, under the MBean name {@code org.apache.flume.source:type=<name>}. Thread-safe. */
public final class SourceMetrics extends KafkaSourceCounter implements SourceMetricsMBean {

    private final LongAdder offsetCommitFailCount = new LongAdder();
    private final LongAdder badRecordCount = new LongAdder();

    /** For the source of that name; registered when started. */
    public SourceMetrics(String sourceName) {
        super(sourceName);
    }

    @Override
    public void start() {
        offsetCommitFailCount.reset();
        badRecordCount.reset();
        super.start();
    }

    @Override
    public long getOffsetCommitFailCount() {
        return offsetCommitFailCount.sum();
    }

    /** One more commit that Kafka did not accept. */
    public void incrementOffsetCommitFailCount() {
        offsetCommitFailCount.increment();
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
