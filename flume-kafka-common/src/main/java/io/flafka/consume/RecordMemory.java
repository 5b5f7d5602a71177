// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Estimates the memory that a polled record occupies. Limits of a component's memory count this, not only keys and values. */
public final class RecordMemory {

    /**
     * The bytes of a record's objects, without the contents of key, value and headers: the record (72), its empty headers (48), its leader epoch
     * (32), the object headers of the two arrays (32), and its places in the lists that hold it (16). On a 64-bit JVM with compressed pointers.
     * Without this overhead, a million records without a value would count as nothing.
     */
    public static final int RECORD_OVERHEAD = 200;

    /** The bytes of one header's objects: the header (32), its name's string and array (40), its value's array (16), its place in the list (8). */
    public static final int HEADER_OVERHEAD = 96;

    private RecordMemory() {}

    /**
     * Returns the bytes of key, value, headers and all objects. Parses the headers if Kafka's client has not done so yet; until then they keep the
     * whole fetch response in memory.
     */
    public static long estimateBytes(ConsumerRecord<byte[], byte[]> read) {
        long bytes = RECORD_OVERHEAD;
        if (read.key() != null) {
            bytes += read.key().length;
        }
        if (read.value() != null) {
            bytes += read.value().length;
        }
        for (Header header : read.headers().toArray()) {
            bytes += HEADER_OVERHEAD + header.key().length();
            if (header.value() != null) {
                bytes += header.value().length;
            }
        }
        return bytes;
    }
}
