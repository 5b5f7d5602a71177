// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/** Any interleaving of takes, commits and rollbacks of several transactions delivers each partition in order, and commits nothing ahead of it. */
class TakeOrderPropertyTest {

    private static final int PARTITIONS = 3;
    private static final int SINKS = 4;
    private static final int RECORDS = 60;
    private static final int STEPS = 5_000;

    /** A sink's open transaction, with what it has taken. */
    private static final class OpenTransaction {
        private final Claim claim = new Claim();
        private final List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
    }

    private final TakeBuffer buffer = new TakeBuffer(() -> {});
    private final Map<TopicPartition, Long> delivered = new HashMap<>();

    @RepeatedTest(50)
    void deliversEachPartitionInOrderExactlyOnceWithoutARebalance() throws InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            read(partition);
        }
        @Nullable OpenTransaction[] sinks = new OpenTransaction[SINKS];

        for (int step = 0; step < STEPS; step++) {
            int sink = random.nextInt(SINKS);
            sinks[sink] = step(random, sinks[sink], seed);
        }
        for (@Nullable OpenTransaction open : sinks) {
            if (open != null) {
                buffer.giveBackAll(open.claim);
            }
        }
        OpenTransaction last = new OpenTransaction();
        takeAll(last);
        commit(last, seed);

        assertThat(delivered.values()).as("seed %d", seed).hasSize(PARTITIONS).containsOnly((long) RECORDS);
    }

    private @Nullable OpenTransaction step(Random random, @Nullable OpenTransaction open, long seed)
            throws InterruptedException {
        if (open == null) {
            return new OpenTransaction();
        }
        switch (random.nextInt(6)) {
            case 0 -> commit(open, seed);
            case 1 -> buffer.giveBackAll(open.claim);
            default -> {
                Optional<TakeBuffer.Taken> taken = buffer.take(open.claim, Duration.ZERO);
                taken.ifPresent(next -> open.taken.add(next.record()));
                return open;
            }
        }
        return null;
    }

    private void takeAll(OpenTransaction open) throws InterruptedException {
        Optional<TakeBuffer.Taken> taken = buffer.take(open.claim, Duration.ZERO);
        while (taken.isPresent()) {
            open.taken.add(taken.get().record());
            taken = buffer.take(open.claim, Duration.ZERO);
        }
    }

    private void commit(OpenTransaction open, long seed) {
        CommitRequest request = buffer.requestCommit(open.claim);
        for (ConsumerRecord<String, byte[]> record : open.taken) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            assertThat(record.offset())
                    .as("next of %s, seed %d", partition, seed)
                    .isEqualTo(delivered.getOrDefault(partition, 0L));
            delivered.put(partition, record.offset() + 1);
        }
        request.offsets()
                .forEach((partition, offset) -> assertThat(offset)
                        .as("committed of %s, seed %d", partition, seed)
                        .isEqualTo(new OffsetAndMetadata(delivered.getOrDefault(partition, 0L))));
        buffer.release(open.claim);
    }

    private void read(int partition) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        for (int offset = 0; offset < RECORDS; offset++) {
            records.add(new ConsumerRecord<>("t", partition, offset, "key", new byte[] {1}));
        }
        buffer.add(records);
    }
}
