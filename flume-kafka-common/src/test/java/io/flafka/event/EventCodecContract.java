// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flume.Event;
import org.junit.jupiter.api.Test;

/** What every codec guarantees. */
abstract class EventCodecContract {

    private final EventCodec codec;

    EventCodecContract(EventCodec codec) {
        this.codec = codec;
    }

    @Test
    void readsBackTheBodyUnchanged() throws UnreadableRecordException {
        byte[] body = {0, 1, -1, 127, -128};

        Event event = codec.decode(codec.encode(Map.of("host", "a"), body));

        assertThat(event.getBody()).containsExactly(body);
    }

    @Test
    void readsBackAnEmptyBody() throws UnreadableRecordException {
        Event event = codec.decode(codec.encode(Map.of(), new byte[0]));

        assertThat(event.getBody()).isEmpty();
        assertThat(event.getHeaders()).isEmpty();
    }

    @Test
    void writesAnEventWithoutBodyLikeAnEmptyBody() {
        byte[] value = codec.encode(Map.of("host", "a"), null);

        assertThat(value).containsExactly(codec.encode(Map.of("host", "a"), new byte[0]));
    }

    @Test
    void readsATombstoneAsAnEventWithoutHeadersAndWithAnEmptyBody() throws UnreadableRecordException {
        Event event = codec.decode(null);

        assertThat(event.getBody()).isEmpty();
        assertThat(event.getHeaders()).isEmpty();
    }

    @Test
    void headersOfADecodedEventCanBeChanged() throws UnreadableRecordException {
        Event written = codec.decode(codec.encode(Map.of("host", "a"), "line".getBytes(UTF_8)));
        Event tombstone = codec.decode(null);

        written.getHeaders().put("host", "b");
        tombstone.getHeaders().put("host", "c");

        assertThat(written.getHeaders()).containsEntry("host", "b");
        assertThat(tombstone.getHeaders()).containsEntry("host", "c");
    }
}
