// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.OpenTake;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeOrdering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Readers and sinks that use one buffer at the same time, until each record is delivered and its offset is committed. Checks the promises meanwhile. A
 * test seeds a fault by overriding {@link #deliver}.
 */
class TakeBufferStress {

    private static final Duration GRACE = Duration.ofMillis(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * How much there is to do.
     *
     * @param readers the number of readers, each with one thread and two partitions
     * @param sinks the number of sinks, each with one thread
     * @param records the number of records in each partition
     */
    record Size(TakeOrdering ordering, int readers, int sinks, int records) {}

    /** What Kafka and the downstream system know of a partition. */
    private final class Partition {
        private final TopicPartition name;
        private final BitSet delivered = new BitSet();
        private int readFrom;
        private int committed;

        private Partition(int number) {
            this.name = new TopicPartition("t", number);
        }

        private synchronized void deliver(int offset) {
            delivered.set(offset);
        }

        /** A record is delivered after all records before it, whatever is revoked and read again. */
        private synchronized void requireOrder() {
            if (size.ordering() == TakeOrdering.PARTITION && delivered.nextClearBit(0) < delivered.length()) {
                throw new AssertionError(name + ": delivered out of order: " + delivered);
            }
        }

        private synchronized void commit(int offset) {
            if (delivered.nextClearBit(0) < offset) {
                throw new AssertionError("%s: offset %d is committed, but only this is delivered: %s"
                        .formatted(name, offset, delivered));
            }
            committed = offset;
        }

        private synchronized boolean isDone() {
            return committed == size.records();
        }
    }

    private final Size size;
    private final long seed;
    private final TakeBuffer buffer;
    private final List<Partition> partitions = new ArrayList<>();
    /** Compared by object: a record that is read again is another one. */
    private final Set<ConsumerRecord<byte[], byte[]>> held =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    private final long deadline = System.nanoTime() + TIMEOUT.toNanos();
    private volatile boolean isOver;

    TakeBufferStress(Size size, long seed) {
        this.size = size;
        this.seed = seed;
        this.buffer = new TakeBuffer(size.ordering(), new ReadAheadLimits(1_000, 1L << 20));
        IntStream.range(0, 2 * size.readers()).forEach(p -> partitions.add(new Partition(p)));
    }

    /** Returns when all work is done. Throws the first failure of a thread. */
    void run() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < size.readers(); i++) {
            int reader = i;
            all.add(threads.submit(orEnd(() -> read(reader, new Random(seed + reader)))));
        }
        for (int i = 0; i < size.sinks(); i++) {
            Random random = new Random(seed - 1 - i);
            all.add(threads.submit(orEnd(() -> drain(random))));
        }
        threads.shutdown();
        for (Future<?> each : all) {
            each.get(TIMEOUT.toSeconds() + 10, TimeUnit.SECONDS);
        }
    }

    /** The failure of one thread ends all. */
    private Callable<Boolean> orEnd(Callable<Boolean> work) {
        return () -> {
            boolean isDone = false;
            try {
                isDone = work.call();
                return isDone;
            } finally {
                isOver |= !isDone;
            }
        };
    }

    private boolean read(int number, Random random) {
        AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});
        List<Partition> own = partitions.subList(2 * number, 2 * number + 2);
        while (!isOver && !own.stream().allMatch(Partition::isDone)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not done in time: " + own.get(0).delivered + own.get(1).delivered);
            }
            Partition partition = own.get(random.nextInt(2));
            switch (random.nextInt(40)) {
                case 0 -> revoke(reader, partition);
                case 1, 2, 3, 4 -> commit(reader, random.nextBoolean());
                default -> poll(reader, partition, 1 + random.nextInt(20));
            }
        }
        return true;
    }

    private void poll(AssignedQueues reader, Partition partition, int most) {
        int count = Math.min(most, size.records() - partition.readFrom);
        if (count > 0 && reader.partitionsToPause().isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, count)
                    .mapToObj(i -> new ConsumerRecord<>(
                            "t", partition.name.partition(), partition.readFrom + (long) i, new byte[0], new byte[1]))
                    .toList();
            partition.readFrom += count;
            OffsetAndMetadata next = new OffsetAndMetadata(partition.readFrom);
            reader.add(new ConsumerRecords<>(Map.of(partition.name, records), Map.of(partition.name, next)));
        }
    }

    private void commit(AssignedQueues reader, boolean isAnswered) {
        Map<TopicPartition, OffsetAndMetadata> offsets = reader.offsetsToCommit();
        offsets.forEach((name, offset) -> partitions.get(name.partition()).commit((int) offset.offset()));
        if (isAnswered) {
            reader.onCommitted(offsets);
        }
    }

    /** Another member had the partition for a moment. */
    private void revoke(AssignedQueues reader, Partition partition) {
        reader.drain(List.of(partition.name), GRACE);
        commit(reader, true);
        reader.revoke(List.of(partition.name));
        partition.readFrom = partition.committed;
    }

    private boolean drain(Random random) throws InterruptedException {
        while (!isOver && !partitions.stream().allMatch(Partition::isDone)) {
            OpenTake open = new OpenTake();
            List<ConsumerRecord<byte[], byte[]>> taken = take(open, 1 + random.nextInt(30));
            if (random.nextInt(4) == 0) {
                held.removeAll(taken);
                buffer.rollBack(open);
            } else {
                deliver(taken);
                partitions.forEach(Partition::requireOrder);
                held.removeAll(taken);
                buffer.complete(open);
            }
        }
        return true;
    }

    /** Passes these records on to the downstream system. */
    void deliver(List<ConsumerRecord<byte[], byte[]>> taken) {
        taken.forEach(record -> partitions.get(record.partition()).deliver((int) record.offset()));
    }

    private List<ConsumerRecord<byte[], byte[]>> take(OpenTake open, int most) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        while (taken.size() < most && (open.hasNext() || buffer.refill(open, Duration.ZERO))) {
            ConsumerRecord<byte[], byte[]> record = open.next();
            if (!held.add(record)) {
                throw new AssertionError("two sinks have " + Optional.of(record));
            }
            taken.add(record);
        }
        return taken;
    }
}
