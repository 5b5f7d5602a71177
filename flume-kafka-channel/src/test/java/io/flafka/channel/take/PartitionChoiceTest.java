// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The partition that the next transaction takes from: rolled-back records come first, and no partition waits forever. */
class PartitionChoiceTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(100_000, 1L << 30));
    private AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});

    @Test
    void alternatesBetweenPartitions() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 3));

        assertThat(List.of(commitOne(), commitOne(), commitOne(), commitOne()))
                .containsExactly("0:0", "1:0", "0:1", "1:1");
    }

    @Test
    void givesRolledBackRecordsNextAndInOrderEvenIfMoreWereReadMeanwhile() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 3));
        OpenTake open = new OpenTake();
        List<String> before = take(open, 5);
        reader.add(ReadRecords.of(FIRST, 3, 3));
        buffer.rollBack(open);

        assertThat(take(new OpenTake(), 9)).startsWith(before.toArray(String[]::new));
    }

    @Test
    void givesTheRestOfARolledBackTransactionAfterASmallerOne() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 3));
        OpenTake open = new OpenTake();
        List<String> before = take(open, 6);
        buffer.rollBack(open);

        OpenTake smaller = new OpenTake();
        assertThat(take(smaller, 2)).isEqualTo(before.subList(0, 2));
        buffer.complete(smaller);

        assertThat(take(new OpenTake(), 4)).isEqualTo(before.subList(2, 6));
    }

    @Test
    void givesTheLastRolledBackTransactionFirst() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 3));
        OpenTake one = new OpenTake();
        OpenTake other = new OpenTake();
        take(one, 1);
        take(other, 1);

        buffer.rollBack(other);
        buffer.rollBack(one);

        assertThat(take(new OpenTake(), 2)).containsExactly("0:0", "0:1");
        assertThat(take(new OpenTake(), 2)).containsExactly("1:0", "1:1");
    }

    @Test
    void givesTheSameObjectsAfterARollback() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        OpenTake open = new OpenTake();
        buffer.refill(open, Duration.ZERO);
        ConsumerRecord<byte[], byte[]> before = open.next();
        buffer.rollBack(open);

        OpenTake again = new OpenTake();
        buffer.refill(again, Duration.ZERO);

        assertThat(again.next()).isSameAs(before);
    }

    @Test
    void aTransactionThatAlwaysFailsDoesNotBlockOtherPartitions() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 3));
        OpenTake failed = new OpenTake();
        assertThat(take(failed, 1)).containsExactly("0:0");
        buffer.rollBack(failed);

        List<String> given = new ArrayList<>();
        for (int attempt = 0; attempt < 2 * PartitionChoice.ROUNDS; attempt++) {
            OpenTake open = new OpenTake();
            given.addAll(take(open, 1));
            if (given.contains("1:0")) {
                buffer.complete(open);
            } else {
                buffer.rollBack(open);
            }
        }

        assertThat(given)
                .startsWith("0:0", "0:0", "0:0", "0:0", "0:0", "0:0", "0:0", "0:0")
                .contains("1:0");
    }

    @Test
    void retriesAStoppedPartitionWhileAnotherAlwaysHasRecords() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 100));
        stopAtNext();

        List<String> given = new ArrayList<>();
        for (int transaction = 0; transaction <= 2 * PartitionChoice.ROUNDS; transaction++) {
            given.add(commitOne());
        }

        assertThat(given.get(0)).isEqualTo("1:0");
        assertThat(given).contains("0:0");
    }

    @Test
    void treatsAPartitionPastItsBadRecordLikeAnyOther() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        reader.add(ReadRecords.of(SECOND, 0, 100));
        ConsumerRecord<byte[], byte[]> bad = stopAtNext();
        while (!commitOne().equals("0:0")) {
            assertThat(bad.offset()).isZero();
        }

        assertThat(List.of(commitOne(), commitOne())).contains("0:1");
    }

    @Test
    void reportsTheNextBadRecordOfAPartitionButNotTheSameAgain() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        OpenTake open = new OpenTake();
        buffer.refill(open, Duration.ZERO);
        ConsumerRecord<byte[], byte[]> bad = open.next();

        assertThat(buffer.stopAt(open, bad)).isTrue();
        open.next();
        assertThat(buffer.stopAt(open, bad)).isFalse();
        open.next();
        assertThat(buffer.stopAt(open, open.next())).isTrue();
    }

    /** Holds however transactions end, and whatever is held or stopped. */
    @RepeatedTest(50)
    void passesOverAPartitionWithRecordsABoundedNumberOfTimes() throws InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int partitions = 2 + random.nextInt(5);
        buffer = new TakeBuffer(
                random.nextBoolean() ? TakeOrdering.PARTITION : TakeOrdering.NONE,
                new ReadAheadLimits(100_000, 1L << 30));
        reader = new AssignedQueues("c1", buffer, () -> {});
        for (int partition = 0; partition < partitions; partition++) {
            reader.add(ReadRecords.of(new TopicPartition("t", partition), 0, 5_000));
        }
        Map<Integer, Integer> waiting = new HashMap<>();
        int most = (PartitionChoice.ROUNDS + 1) * partitions;

        for (int transaction = 0; transaction < 1_000; transaction++) {
            OpenTake open = new OpenTake();
            buffer.refill(open, Duration.ZERO);
            ConsumerRecord<byte[], byte[]> record = open.next();
            for (int partition = 0; partition < partitions; partition++) {
                waiting.merge(partition, 1, Integer::sum);
            }
            waiting.put(record.partition(), 0);
            assertThat(waiting.values())
                    .as("transactions that have passed over each partition, seed %d", seed)
                    .allMatch(passedOver -> passedOver <= most);
            end(open, record, random.nextInt(10));
        }
    }

    private void end(OpenTake open, ConsumerRecord<byte[], byte[]> record, int kind) {
        if (kind < 5) {
            buffer.rollBack(open);
        } else if (kind < 7) {
            buffer.stopAt(open, record);
            buffer.leaveStopped(open);
        } else {
            buffer.complete(open);
        }
    }

    private ConsumerRecord<byte[], byte[]> stopAtNext() throws InterruptedException {
        OpenTake open = new OpenTake();
        buffer.refill(open, Duration.ZERO);
        ConsumerRecord<byte[], byte[]> bad = open.next();
        buffer.stopAt(open, bad);
        assertThat(buffer.leaveStopped(open)).isTrue();
        return bad;
    }

    private String commitOne() throws InterruptedException {
        OpenTake open = new OpenTake();
        String taken = take(open, 1).get(0);
        buffer.complete(open);
        return taken;
    }

    private List<String> take(OpenTake open, int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count && (open.hasNext() || buffer.refill(open, Duration.ZERO))) {
            ConsumerRecord<byte[], byte[]> record = open.next();
            taken.add(record.partition() + ":" + record.offset());
        }
        return taken;
    }
}
