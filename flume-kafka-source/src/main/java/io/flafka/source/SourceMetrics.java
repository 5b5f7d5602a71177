// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounter;

/** The counters of a Kafka source, registered as the MBean {@code org.apache.flume.source:type=<name>}. Thread-safe. */
public final class SourceMetrics extends KafkaSourceCounter implements SourceMetricsMBean {

    private final LongAdder offsetCommitFailCount = new LongAdder();
    private final LongAdder badRecordCount = new LongAdder();
    private final LongAdder expelledCount = new LongAdder();
    private Duration earlierHeldUpTime = Duration.ZERO;
    private long heldUpSince;
    private boolean isHeldUp;

    /** Creates the counters of the source with this name. They are registered at {@link #start}. */
    public SourceMetrics(String sourceName) {
        super(sourceName);
    }

    @Override
    public synchronized void start() {
        offsetCommitFailCount.reset();
        badRecordCount.reset();
        expelledCount.reset();
        earlierHeldUpTime = Duration.ZERO;
        isHeldUp = false;
        super.start();
    }

    @Override
    public long getOffsetCommitFailCount() {
        return offsetCommitFailCount.sum();
    }

    /** Counts an offset commit that failed. */
    public void incrementOffsetCommitFailCount() {
        offsetCommitFailCount.increment();
    }

    @Override
    public long getBadRecordCount() {
        return badRecordCount.sum();
    }

    /** Counts a bad record that was skipped. */
    public void incrementBadRecordCount() {
        badRecordCount.increment();
    }

    @Override
    public long getExpelledCount() {
        return expelledCount.sum();
    }

    /** Counts an expulsion from the group. */
    public void incrementExpelledCount() {
        expelledCount.increment();
    }

    @Override
    public synchronized long getHeldUpMillis() {
        return earlierHeldUpTime.plus(currentHeldUpTime()).toMillis();
    }

    /** Starts the time in which nothing can be delivered. */
    public synchronized void startHeldUpTime() {
        heldUpSince = System.nanoTime();
        isHeldUp = true;
    }

    /** Ends the time in which nothing can be delivered. */
    public synchronized void endHeldUpTime() {
        earlierHeldUpTime = earlierHeldUpTime.plus(currentHeldUpTime());
        isHeldUp = false;
    }

    private Duration currentHeldUpTime() {
        return isHeldUp ? Duration.ofNanos(System.nanoTime() - heldUpSince) : Duration.ZERO;
    }
}
