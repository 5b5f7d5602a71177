// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Avro form, byte by byte: what is written, what is read, what is rejected, and the messages. */
class AvroEventCodecTest extends EventCodecContract {

    private final AvroEventCodec codec = new AvroEventCodec();

    AvroEventCodecTest() {
        super(new AvroEventCodec());
    }

    @Test
    void writesOneBlockOfHeadersThenTheBody() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("k", "v");
        headers.put("é", "");

        byte[] value = codec.encode(headers, "ab".getBytes(UTF_8));

        assertThat(hex(value)).isEqualTo("04" + "026b" + "0276" + "04c3a9" + "00" + "00" + "046162");
    }

    @Test
    void writesNoHeaderBlockWithoutHeaders() {
        assertThat(hex(codec.encode(Map.of(), new byte[0]))).isEqualTo("0000");
    }

    @Test
    void writesALengthInAsManyBytesAsItNeeds() {
        assertThat(hex(codec.encode(Map.of(), new byte[63])))
                .startsWith("007e00")
                .hasSize(2 * 65);
        assertThat(hex(codec.encode(Map.of(), new byte[64])))
                .startsWith("00800100")
                .hasSize(2 * 67);
        assertThat(hex(codec.encode(Map.of(), new byte[8192])))
                .startsWith("0080800100")
                .hasSize(2 * 8196);
    }

    @Test
    void writesAnUnpairedSurrogateAsAQuestionMark() {
        assertThat(hex(codec.encode(Map.of("\ud83d", "x\ude00"), new byte[0])))
                .isEqualTo("02" + "023f" + "04783f" + "0000");
    }

    @Test
    void leavesOutAHeaderThatIsNull() {
        Map<String, @Nullable String> headers = new HashMap<>();
        headers.put("host", null);
        headers.put("k", "v");

        assertThat(hex(codec.encode(cast(headers), new byte[0]))).isEqualTo("02" + "026b" + "0276" + "0000");
    }

    @Test
    void writesNoHeaderBlockIfAllHeadersAreNull() {
        Map<String, @Nullable String> headers = new HashMap<>();
        headers.put("host", null);

        assertThat(hex(codec.encode(cast(headers), new byte[0]))).isEqualTo("0000");
    }

    @Test
    void readsHeadersInSeveralBlocks() throws UnreadableRecordException {
        Event event = codec.decode(bytes("02" + "026b" + "0276" + "02" + "026c" + "0277" + "00" + "00"));

        assertThat(event.getHeaders()).isEqualTo(Map.of("k", "v", "l", "w"));
    }

    @Test
    void readsABlockWithANegativeCountAndItsSize() throws UnreadableRecordException {
        Event event = codec.decode(bytes("01" + "08" + "026b" + "0276" + "00" + "0261"));

        assertThat(event.getHeaders()).isEqualTo(Map.of("k", "v"));
        assertThat(event.getBody()).asString(UTF_8).isEqualTo("a");
    }

    @Test
    void usesTheLastValueOfARepeatedHeader() throws UnreadableRecordException {
        Event event = codec.decode(bytes("04" + "026b" + "0276" + "026b" + "0277" + "00" + "00"));

        assertThat(event.getHeaders()).isEqualTo(Map.of("k", "w"));
    }

    @Test
    void replacesBytesThatAreNotUtf8() throws UnreadableRecordException {
        Event event = codec.decode(bytes("02" + "026b" + "04ff61" + "00" + "00"));

        assertThat(event.getHeaders()).isEqualTo(Map.of("k", "\ufffda"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                               | ends inside the number of headers at byte 0 of 0
            80                               | ends inside the number of headers at byte 0 of 1
            01                               | ends inside the size of the headers at byte 1 of 1
            00                               | ends inside the length of the body at byte 1 of 1
            02026b                           | ends inside the length of a header's value at byte 3 of 3
            0602026b                         | more headers than the value can contain at byte 0 of 4
            02026b0276                       | ends inside the number of headers at byte 5 of 5
            02 026b 0876 00 00               | a header's value is longer than the rest of the value at byte 3 of 7
            02 01 6b 02 76 00 00             | the length of a header's name is negative at byte 1 of 7
            02 0a 6b 02                      | a header's name is longer than the rest of the value at byte 1 of 4
            02 02 6b 80                      | ends inside the length of a header's value at byte 3 of 4
            00 01                            | the length of the body is negative at byte 1 of 2
            00 0461                          | the body is longer than the rest of the value at byte 1 of 3
            00 fe ff ff ff 0f                | the body is longer than the rest of the value at byte 1 of 6
            00 fe ff ff ff ff ff ff ff ff 01 | the body is longer than the rest of the value at byte 1 of 11
            fe ff ff ff 0f 00 00             | more headers than the value can contain at byte 0 of 7
            fd ff ff ff 0f 00 00 00          | more headers than the value can contain at byte 0 of 8
            ff ff ff ff ff ff ff ff ff 01 00 | more headers than the value can contain at byte 0 of 11
            00 ff ff ff ff ff ff ff ff ff 02 | the length of the body has more than 64 bits at byte 1 of 11
            ff ff ff ff ff ff ff ff ff ff 01 | the number of headers has more than 64 bits at byte 0 of 11
            80 80 80 80 80 80 80 80 80 80 00 | the number of headers has more than 64 bits at byte 0 of 11
            00 02 61 00                      | more bytes after the body at byte 3 of 4
            """)
    void refusesWhatIsNoFlumeEvent(String value, String reason) {
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> codec.decode(bytes(value)))
                .withMessage("not a Flume Avro event: " + reason);
    }

    @Test
    void messageDoesNotShowTheContent() {
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> codec.decode("password=secret".getBytes(UTF_8)))
                .withMessage("not a Flume Avro event: more headers than the value can contain at byte 0 of 15");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Flume's API does not exclude null values in headers. */
    @SuppressWarnings("NullAway")
    private static Map<String, String> cast(Map<String, @Nullable String> headers) {
        return headers;
    }
}
