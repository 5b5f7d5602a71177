// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.SeededCases;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.junit.jupiter.api.Test;

/** Compares the codec with Avro itself, in both directions, on random events. */
class AvroEventCodecPropertyTest {

    private static final int CASES = 2_000;

    private final AvroEventCodec codec = new AvroEventCodec();

    @Test
    void writesWhatAvroWrites() throws Exception {
        SeededCases.run(CASES, random -> {
            RandomEvents events = new RandomEvents(random);
            Map<String, String> headers = events.headers();
            byte[] body = events.body();

            byte[] value = codec.encode(headers, body);

            assertThat(value).isEqualTo(AvroReference.write(headers, body));
        });
    }

    @Test
    void avroReadsWhatIsWritten() throws Exception {
        SeededCases.run(CASES, random -> {
            RandomEvents events = new RandomEvents(random);
            Map<String, String> headers = events.headers();
            byte[] body = events.body();

            Event event = AvroReference.read(codec.encode(headers, body));

            assertThat(event.getHeaders()).isEqualTo(asUtf8(headers));
            assertThat(event.getBody()).isEqualTo(body);
        });
    }

    @Test
    void readsWhatAvroWrites() throws Exception {
        SeededCases.run(CASES, random -> {
            RandomEvents events = new RandomEvents(random);
            Map<String, String> headers = events.headers();
            byte[] body = events.body();

            Event event = codec.decode(AvroReference.write(headers, body));

            assertThat(event.getHeaders()).isEqualTo(asUtf8(headers));
            assertThat(event.getBody()).isEqualTo(body);
        });
    }

    @Test
    void readsWhatAvroWritesInBlocksWithSizes() throws Exception {
        SeededCases.run(CASES, random -> {
            RandomEvents events = new RandomEvents(random);
            Map<String, String> headers = events.headers();
            byte[] body = events.body();

            Event event = codec.decode(AvroReference.writeBlocks(headers, body));

            assertThat(event.getHeaders()).isEqualTo(asUtf8(headers));
            assertThat(event.getBody()).isEqualTo(body);
        });
    }

    /** Replaces ill-formed text as UTF-8 does. If two names become equal, the last value counts. */
    private static Map<String, String> asUtf8(Map<String, String> headers) {
        Map<String, String> arriving = new LinkedHashMap<>();
        headers.forEach((name, text) -> arriving.put(asUtf8(name), asUtf8(text)));
        return arriving;
    }

    private static String asUtf8(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
