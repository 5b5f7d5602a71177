// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tombstones stay tombstones, and nothing else becomes one. */
class TombstoneCodecTest {

    private static final Map<String, String> MARKED = Map.of("kafka.tombstone", "true");
    private static final byte[] BODY = "b".getBytes(UTF_8);

    static EventCodec[] codecs() {
        return new EventCodec[] {new RawEventCodec(), new AvroEventCodec()};
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void aTombstoneComesBackAsOne(EventCodec codec) throws UnreadableRecordException {
        EventCodec keeping = TombstoneCodec.of(codec, true);

        Event event = keeping.decode(null);

        assertThat(event.getBody()).isEmpty();
        assertThat(event.getHeaders()).isEqualTo(MARKED);
        assertThat(keeping.encode(event.getHeaders(), event.getBody())).isNull();
        assertThat(keeping.encode(event.getHeaders(), null)).isNull();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void anyOtherEventIsConvertedAsBefore(EventCodec codec) throws UnreadableRecordException {
        EventCodec keeping = TombstoneCodec.of(codec, true);

        for (Map<String, String> headers :
                List.of(Map.<String, String>of(), Map.of("kafka.tombstone", "false"), MARKED)) {
            assertThat(keeping.encode(headers, BODY)).isEqualTo(codec.encode(headers, BODY));
        }
        assertThat(keeping.encode(Map.of(), new byte[0])).isEqualTo(codec.encode(Map.of(), new byte[0]));
        Event empty = keeping.decode(codec.encode(Map.of(), new byte[0]));
        assertThat(empty.getHeaders()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void withoutThePropertyNothingChanges(EventCodec codec) {
        assertThat(TombstoneCodec.of(codec, false)).isSameAs(codec);
    }
}
