// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.event.AvroEventCodec;
import io.flafka.event.UnreadableRecordException;
import java.util.Map;
import org.apache.flume.Event;
import org.junit.jupiter.api.Test;

/** The format of the records in full topics. */
class FlumeFormTest {

    @Test
    void isReadByTheCodec() throws UnreadableRecordException {
        Map<String, String> headers = EventRing.headers();
        byte[] body = new LogLines().next(1024);

        Event event = new AvroEventCodec().decode(FlumeForm.of(headers, body));

        assertThat(event.getHeaders()).isEqualTo(headers);
        assertThat(event.getBody()).isEqualTo(body);
    }
}
