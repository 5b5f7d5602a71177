// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a record counts for where memory is bounded. */
class RecordMemoryTest {

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void aRecordWithoutAnythingIsStillObjects() {
        assertThat(RecordMemory.of(record(null, null))).isEqualTo(RecordMemory.RECORD_OBJECTS);
    }

    @Test
    void keyAndValueCount() {
        assertThat(RecordMemory.of(record(new byte[3], new byte[40]))).isEqualTo(RecordMemory.RECORD_OBJECTS + 43);
    }

    @Test
    void headersCountWithTheirNames() {
        headers.add("four", new byte[500]);
        headers.add("seven77", null);

        assertThat(RecordMemory.of(record(null, null)))
                .isEqualTo(RecordMemory.RECORD_OBJECTS + 2 * RecordMemory.HEADER_OBJECTS + 4 + 500 + 7);
    }

    private ConsumerRecord<byte[], byte[]> record(byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, -1, -1, key, value, headers, Optional.empty());
    }
}
