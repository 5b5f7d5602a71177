// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** How many bytes of memory a record that was read holds, about: what bounds a component's memory must count all of it. */
public final class RecordMemory {

    /**
     * The objects of a record without key, value and headers: the record (72 bytes), its empty headers (48), its leader epoch (32), the two arrays'
     * own headers (32), and its places in the lists that keep it (16), on a 64-bit JVM with compressed pointers. Without this, a million records
     * without a value would count as nothing.
     */
    public static final int RECORD_OBJECTS = 200;

    /** The objects of one header: the header (32 bytes), its name's string and array (40), its value's array (16), its place in the list (8). */
    public static final int HEADER_OBJECTS = 96;

    private RecordMemory() {}

    /** Of key, value, headers and all objects. Headers that Kafka's client has not read yet are read by this: until then they hold the whole response. */
    public static long of(ConsumerRecord<byte[], byte[]> read) {
        long bytes = RECORD_OBJECTS;
        if (read.key() != null) {
            bytes += read.key().length;
        }
        if (read.value() != null) {
            bytes += read.value().length;
        }
        for (Header header : read.headers().toArray()) {
            bytes += HEADER_OBJECTS + header.key().length();
            if (header.value() != null) {
                bytes += header.value().length;
            }
        }
        return bytes;
    }
}
