// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounter;

/** The counters of a Kafka source, under the MBean name {@code org.apache.flume.source:type=<name>}. Thread-safe. */
public final class SourceMetrics extends KafkaSourceCounter implements SourceMetricsMBean {

    private final LongAdder offsetCommitFailCount = new LongAdder();
    private final LongAdder badRecordCount = new LongAdder();
    private final LongAdder expelledCount = new LongAdder();
    private Duration heldUpBefore = Duration.ZERO;
    private long heldUpSince;
    private boolean isHeldUp;

    /** For the source of that name; registered when started. */
    public SourceMetrics(String sourceName) {
        super(sourceName);
    }

    @Override
    public synchronized void start() {
        offsetCommitFailCount.reset();
        badRecordCount.reset();
        expelledCount.reset();
        heldUpBefore = Duration.ZERO;
        isHeldUp = false;
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

    @Override
    public long getExpelledCount() {
        return expelledCount.sum();
    }

    /** The group has once more taken partitions away without asking. */
    public void incrementExpelledCount() {
        expelledCount.increment();
    }

    @Override
    public synchronized long getHeldUpMillis() {
        return heldUpBefore.plus(sinceHeldUp()).toMillis();
    }

    /** From now on nothing can be handed over. */
    public synchronized void heldUp() {
        heldUpSince = System.nanoTime();
        isHeldUp = true;
    }

    /** Events flow again. */
    public synchronized void goesOn() {
        heldUpBefore = heldUpBefore.plus(sinceHeldUp());
        isHeldUp = false;
    }

    private Duration sinceHeldUp() {
        return isHeldUp ? Duration.ofNanos(System.nanoTime() - heldUpSince) : Duration.ZERO;
    }
}
