// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The raw form: the value is the body. */
class RawEventCodecTest extends EventCodecContract {

    private final RawEventCodec codec = new RawEventCodec();

    RawEventCodecTest() {
        super(new RawEventCodec());
    }

    @Test
    void valueIsTheBodyItself() {
        byte[] body = "line".getBytes(UTF_8);

        assertThat(codec.encode(Map.of(), body)).isSameAs(body);
        assertThat(codec.decode(body).getBody()).isSameAs(body);
    }

    @Test
    void doesNotContainTheHeaders() {
        byte[] value = codec.encode(Map.of("host", "a"), "line".getBytes(UTF_8));

        assertThat(value).asString(UTF_8).isEqualTo("line");
        assertThat(codec.decode(value).getHeaders()).isEmpty();
    }
}
