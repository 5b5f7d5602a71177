// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

/**
 * How far a component is behind the end of the partitions that it has, at one moment. Immutable.
 *
 * @param partitions the number of partitions that it has
 * @param records how many records it has not delivered yet, of all partitions
 * @param mostRecords the same of the partition with most
 * @param oldestMillis the timestamp of the oldest of these records, in milliseconds since 1970. If that record is not read yet, the timestamp of the
 *     record before it. {@link Long#MAX_VALUE} if every record is delivered
 */
public record ConsumerLag(int partitions, long records, long mostRecords, long oldestMillis) {

    /** Without partitions. */
    public static final ConsumerLag NONE = new ConsumerLag(0, 0, 0, Long.MAX_VALUE);

    private static final long MILLIS = 1000;

    /** Returns that of both together. */
    public ConsumerLag plus(ConsumerLag other) {
        return new ConsumerLag(
                partitions + other.partitions,
                records + other.records,
                Math.max(mostRecords, other.mostRecords),
                Math.min(oldestMillis, other.oldestMillis));
    }

    /** Returns the age of the oldest undelivered record in seconds; 0 if every record is delivered. */
    long secondsBehind(long nowMillis) {
        return oldestMillis == Long.MAX_VALUE ? 0 : Math.max(0, (nowMillis - oldestMillis) / MILLIS);
    }
}
