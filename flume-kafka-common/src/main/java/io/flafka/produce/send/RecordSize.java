// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Computes the size of a record as an operator counts it: key, headers and value, without the overhead of Kafka's format. */
final class RecordSize {

    private RecordSize() {}

    /** Returns the size in bytes. */
    static long of(ProducerRecord<String, byte[]> record) {
        long size = record.key() == null ? 0 : record.key().getBytes(UTF_8).length;
        for (Header header : record.headers()) {
            size += header.key().getBytes(UTF_8).length + (header.value() == null ? 0 : header.value().length);
        }
        return size + (record.value() == null ? 0 : record.value().length);
    }
}
