// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.take.TakeOrdering;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the take side of one channel must do, as plainly as possible: which records a sink may get next, and which offset can be committed. The real one
 * is compared with it after each operation.
 */
final class TakeLedger {

    /** A record, as a sink sees it. */
    record Taken(int partition, int incarnation, int offset) {}

    /** Records of one poll, from one offset to before another: all of them wait, or one sink holds them. */
    private record Run(Reading reading, int begin, int end) {
        int size() {
            return end - begin;
        }
    }

    /** A partition from the moment it is read until it is revoked, or read again from elsewhere. */
    static final class Reading {
        private final int partition;
        private final int incarnation;
        private final TreeMap<Integer, Run> waiting = new TreeMap<>();
        private final TreeMap<Integer, Run> open = new TreeMap<>();
        private final TreeSet<Integer> sinks = new TreeSet<>();
        private boolean isDropped;
        boolean isClosed;
        int position;
        int confirmed;

        private Reading(int partition, int incarnation, int from) {
            this.partition = partition;
            this.incarnation = incarnation;
            this.position = from;
            this.confirmed = from;
        }

        int lowestNotDone() {
            int lowest = waiting.isEmpty() ? position : Math.min(position, waiting.firstKey());
            return open.isEmpty() ? lowest : Math.min(lowest, open.firstKey());
        }

        boolean isFree() {
            return sinks.isEmpty();
        }

        private void addWaiting(int begin, int end) {
            if (begin < end && !isDropped) {
                waiting.put(begin, new Run(this, begin, end));
            }
        }

        @Override
        public String toString() {
            return "" + waiting.values().stream().map(Run::begin).toList() + open.keySet() + sinks + isClosed + position
                    + "," + confirmed + "," + incarnation;
        }
    }

    /** The open transaction of a sink. It has taken the records of all its runs, but of the last one only those before {@code next}. */
    private static final class Sink {
        private final List<Run> runs = new ArrayList<>();
        private int next;
        private int count;

        private Run last() {
            return runs.get(runs.size() - 1);
        }

        private int takenEnd(Run run) {
            return run.equals(last()) ? next : run.end();
        }
    }

    /** A partition, as Kafka and the downstream system know it. */
    static final class Partition {
        final BitSet delivered = new BitSet();
        int incarnation;
        int committed;
        /** What its reader polls next. */
        int readFrom;
        /** Null if nothing of it is in the channel. */
        Reading reading;
    }

    final List<Partition> partitions = new ArrayList<>();
    private final List<Sink> sinks = new ArrayList<>();
    private final TakeOrdering ordering;

    TakeLedger(TakeOrdering ordering, int partitions, int sinks) {
        this.ordering = ordering;
        for (int p = 0; p < partitions; p++) {
            this.partitions.add(new Partition());
        }
        for (int s = 0; s < sinks; s++) {
            this.sinks.add(new Sink());
        }
    }

    boolean isOpen(int s) {
        return !sinks.get(s).runs.isEmpty();
    }

    int unfinished() {
        int unfinished = 0;
        for (Partition partition : partitions) {
            if (partition.reading != null) {
                unfinished += size(partition.reading.waiting.values()) + size(partition.reading.open.values());
            }
        }
        return unfinished;
    }

    private static int size(Collection<Run> runs) {
        return runs.stream().mapToInt(Run::size).sum();
    }

    /** Adds the next records of a partition. */
    void poll(int p, int count) {
        Partition partition = partitions.get(p);
        if (partition.reading != null && partition.readFrom < partition.reading.position) {
            drop(p);
        }
        if (partition.reading == null) {
            partition.reading = new Reading(p, partition.incarnation, partition.readFrom);
        }
        int end = partition.readFrom + count;
        partition.reading.addWaiting(partition.readFrom, end);
        partition.reading.position = end;
        partition.readFrom = end;
    }

    /** Returns the records that the sink may get now. */
    List<Taken> nextOf(int s) {
        Sink sink = sinks.get(s);
        if (isOpen(s) && sink.next < sink.last().end()) {
            return List.of(taken(sink.last().reading(), sink.next));
        }
        return partitions.stream()
                .map(partition -> partition.reading)
                .filter(reading -> reading != null && offers(reading, s))
                .map(reading -> taken(reading, reading.waiting.firstKey()))
                .toList();
    }

    private boolean offers(Reading reading, int s) {
        boolean isFree = ordering == TakeOrdering.NONE || reading.sinks.stream().allMatch(holder -> holder == s);
        return isFree && !reading.isClosed && !reading.waiting.isEmpty();
    }

    private static Taken taken(Reading reading, int offset) {
        return new Taken(reading.partition, reading.incarnation, offset);
    }

    /** Gives the sink one of the records that it may get. */
    void take(int s, Taken record) {
        Sink sink = sinks.get(s);
        if (!isOpen(s) || sink.next == sink.last().end()) {
            Reading reading = partitions.get(record.partition()).reading;
            Run first = reading.waiting.pollFirstEntry().getValue();
            int length = ordering == TakeOrdering.NONE ? Math.min(Math.max(1, sink.count), first.size()) : first.size();
            Run run = new Run(reading, first.begin(), first.begin() + length);
            reading.addWaiting(run.end(), first.end());
            reading.open.put(run.begin(), run);
            reading.sinks.add(s);
            sink.runs.add(run);
            sink.next = run.begin();
        }
        sink.next++;
        sink.count++;
    }

    /** The sink has delivered what it took. Returns how many of these records belong to readings that were dropped. */
    int complete(int s) {
        Sink sink = sinks.get(s);
        int ofDropped = 0;
        for (Run run : sink.runs) {
            Reading reading = run.reading();
            Partition partition = partitions.get(reading.partition);
            int end = sink.takenEnd(run);
            if (reading.incarnation == partition.incarnation) {
                partition.delivered.set(run.begin(), end);
            }
            ofDropped += reading.isDropped ? end - run.begin() : 0;
            reading.open.remove(run.begin());
            reading.addWaiting(end, run.end());
        }
        release(s);
        return ofDropped;
    }

    /** Returns the offsets that the sink's own Kafka transaction must have, by partition; empty if one of its partitions is no longer read. */
    Optional<Map<Integer, Integer>> offsetsAfter(int s) {
        Map<Integer, Integer> offsets = new HashMap<>();
        for (Run run : sinks.get(s).runs) {
            if (run.reading().isDropped) {
                return Optional.empty();
            }
            offsets.merge(run.reading().partition, sinks.get(s).takenEnd(run), Math::max);
        }
        return Optional.of(offsets);
    }

    void rollBack(int s) {
        for (Run run : sinks.get(s).runs) {
            run.reading().open.remove(run.begin());
            run.reading().addWaiting(run.begin(), run.end());
        }
        release(s);
    }

    private void release(int s) {
        sinks.get(s).runs.forEach(run -> run.reading().sinks.remove(s));
        sinks.set(s, new Sink());
    }

    /** Drops what was read of a partition. It is read again from the committed offset. */
    void drop(int p) {
        Partition partition = partitions.get(p);
        partition.reading.isDropped = true;
        partition.reading.waiting.clear();
        partition.reading = null;
    }

    void recreate(int p) {
        Partition partition = partitions.get(p);
        partition.incarnation++;
        partition.committed = 0;
        partition.readFrom = 0;
        partition.delivered.clear();
    }

    /** Returns a text that is equal for equal ledgers. */
    String key(Map<Integer, ?> sent) {
        StringBuilder text = new StringBuilder();
        for (Partition partition : partitions) {
            text.append(partition.reading).append(partition.delivered).append(partition.incarnation);
            text.append(',').append(partition.committed).append(',').append(partition.readFrom);
        }
        for (Sink sink : sinks) {
            text.append('/').append(sink.next).append(',').append(sink.count);
            sink.runs.forEach(run -> text.append(run.reading().partition)
                    .append(run.reading().isDropped)
                    .append(run.begin())
                    .append(run.end()));
        }
        return text.append(sent).toString();
    }
}
