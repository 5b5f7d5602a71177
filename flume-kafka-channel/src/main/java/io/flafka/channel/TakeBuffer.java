// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Between the one thread that reads Kafka and the threads of the sinks: a bounded queue a partition, and who holds which.
 *
 * <p>Thread-safe. Guarantee: a partition's records are in at most one open {@link Claim}; given back, they are again the first to be taken.
 */
final class TakeBuffer {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** In the order of the next take: a partition that was claimed goes to the end. */
    private final Map<TopicPartition, PartitionQueue> queues = new LinkedHashMap<>();

    private final Set<TopicPartition> paused = new HashSet<>();
    private final List<CommitRequest> requests = new ArrayList<>();
    private final Runnable wakeReader;
    private Optional<String> trouble = Optional.empty();
    private Optional<String> ended = Optional.empty();

    /** A record and the queue it was taken from. */
    record Taken(PartitionQueue queue, ConsumerRecord<String, byte[]> record) {}

    /** With the call that ends the reader's poll: there is room again, or something to commit. */
    TakeBuffer(Runnable wakeReader) {
        this.wakeReader = wakeReader;
    }

    /**
     * The next record for a transaction, or none if none came in time.
     *
     * @throws ChannelFailure if there is none because Kafka cannot be read
     */
    Optional<Taken> take(Claim claim, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        lock.lockInterruptibly();
        try {
            Optional<PartitionQueue> queue = queueFor(claim);
            while (queue.isEmpty() && ended.isEmpty() && trouble.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !changed.await(left, TimeUnit.NANOSECONDS)) {
                    return Optional.empty();
                }
                queue = queueFor(claim);
            }
            if (queue.isEmpty() && claim.count() == 0) {
                throw new ChannelFailure(ended.or(() -> trouble).orElseThrow());
            }
            return queue.map(from -> new Taken(from, takeFrom(from, claim)));
        } finally {
            lock.unlock();
        }
    }

    /** One that the transaction holds, else one that is free, and only if there is no other one that begins with a bad record. */
    private Optional<PartitionQueue> queueFor(Claim claim) {
        return queues.values().stream()
                .filter(queue -> queue.offersTo(claim))
                .min(Comparator.comparing(PartitionQueue::isBlocked).thenComparing(queue -> !claim.holds(queue)));
    }

    private ConsumerRecord<String, byte[]> takeFrom(PartitionQueue queue, Claim claim) {
        if (!claim.holds(queue)) {
            queues.remove(queue.partition());
            queues.put(queue.partition(), queue);
        }
        ConsumerRecord<String, byte[]> record = claim.takeFrom(queue);
        if (queue.hasRoom() && paused.contains(queue.partition())) {
            wakeReader.run();
        }
        return record;
    }

    /** Undoes the last take of a transaction: the record is no event, and blocks its partition. */
    void giveBackMalformed(Claim claim, Taken last) {
        locked(() -> {
            claim.giveBackLast(last.queue());
            last.queue().block();
        });
    }

    /** Undoes all takes of a transaction. */
    void giveBackAll(Claim claim) {
        locked(claim::giveBackAll);
    }

    /** The transaction is done with what it took. */
    void release(Claim claim) {
        locked(claim::release);
    }

    /** Asks the reader to commit what a transaction has taken from partitions that are still ours. */
    CommitRequest requestCommit(Claim claim) {
        lock.lock();
        try {
            CommitRequest request = new CommitRequest(claim.nextOffsets(), claim.countRevoked());
            if (ended.isPresent()) {
                request.failed(ended.get());
            } else if (request.offsets().isEmpty()) {
                request.succeeded();
            } else {
                requests.add(request);
                wakeReader.run();
            }
            return request;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a request that nobody waits for any more. */
    void withdraw(CommitRequest request) {
        locked(() -> requests.remove(request));
    }

    /** For the reader: whether there is something to commit. */
    boolean hasRequests() {
        lock.lock();
        try {
            return !requests.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** For the reader: these could not be committed yet. */
    void restore(List<CommitRequest> notYet) {
        locked(() -> requests.addAll(0, notYet));
    }

    /** For the reader: what is to be committed. */
    List<CommitRequest> drainRequests() {
        lock.lock();
        try {
            List<CommitRequest> drained = List.copyOf(requests);
            requests.clear();
            return drained;
        } finally {
            lock.unlock();
        }
    }

    /** For the reader: what it has read. */
    void add(Iterable<ConsumerRecord<String, byte[]>> records) {
        locked(() -> {
            trouble = Optional.empty();
            for (ConsumerRecord<String, byte[]> record : records) {
                queues.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), PartitionQueue::new)
                        .add(record);
            }
        });
    }

    /** For the reader: the partitions to pause, all of them, each time. */
    Set<TopicPartition> toPause() {
        lock.lock();
        try {
            for (PartitionQueue queue : queues.values()) {
                if (queue.isFull()) {
                    paused.add(queue.partition());
                } else if (queue.hasRoom()) {
                    paused.remove(queue.partition());
                }
            }
            return new HashSet<>(paused);
        } finally {
            lock.unlock();
        }
    }

    /** For the reader: these partitions are another member's now. Returns the commits that were asked for before. */
    List<CommitRequest> revoke(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            for (TopicPartition partition : partitions) {
                PartitionQueue queue = queues.remove(partition);
                paused.remove(partition);
                if (queue != null) {
                    queue.revoke();
                }
            }
            return drainRequests();
        } finally {
            lock.unlock();
        }
    }

    /** For the reader: Kafka cannot be read at the moment, which a take that finds nothing is told. */
    void troubled(String reason) {
        locked(() -> trouble = Optional.of(reason));
    }

    /** For the reader: it has ended, and will not read or commit again. */
    void ended(String reason) {
        locked(() -> {
            ended = Optional.of(reason);
            drainRequests().forEach(request -> request.failed(reason));
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
