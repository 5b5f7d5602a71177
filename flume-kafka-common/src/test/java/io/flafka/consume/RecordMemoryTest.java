// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The estimated memory of a record. */
class RecordMemoryTest {

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void anEmptyRecordCountsItsObjects() {
        assertThat(RecordMemory.estimateBytes(record(null, null))).isEqualTo(RecordMemory.RECORD_OVERHEAD);
    }

    @Test
    void countsKeyAndValue() {
        assertThat(RecordMemory.estimateBytes(record(new byte[3], new byte[40])))
                .isEqualTo(RecordMemory.RECORD_OVERHEAD + 43);
    }

    @Test
    void countsHeadersWithTheirNames() {
        headers.add("four", new byte[500]);
        headers.add("seven77", null);

        assertThat(RecordMemory.estimateBytes(record(null, null)))
                .isEqualTo(RecordMemory.RECORD_OVERHEAD + 2 * RecordMemory.HEADER_OVERHEAD + 4 + 500 + 7);
    }

    private ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, -1, -1, key, value, headers, Optional.empty());
    }
}
