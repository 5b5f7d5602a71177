// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** How large a record is, as an operator would count it: key, headers and value, without what Kafka's format adds. */
final class RecordSize {

    private RecordSize() {}

    /** In bytes. */
    static long of(ProducerRecord<String, byte[]> record) {
        long size = record.key() == null ? 0 : record.key().getBytes(UTF_8).length;
        for (Header header : record.headers()) {
            size += header.key().getBytes(UTF_8).length + (header.value() == null ? 0 : header.value().length);
        }
        return size + (record.value() == null ? 0 : record.value().length);
    }
}
