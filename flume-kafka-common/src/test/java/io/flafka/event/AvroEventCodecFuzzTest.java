// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.flafka.testing.SeededCases;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flume.Event;
import org.junit.jupiter.api.Test;

/**
 * The Avro form with damaged values. The codec gives the same event as Avro or an {@link UnreadableRecordException}, and never allocates memory for a
 * size that is only claimed.
 */
class AvroEventCodecFuzzTest {

    private static final int CASES = 10_000;

    /** A header of a few bytes becomes two strings and an entry of a hash map, which need that much more memory. */
    private static final long MEMORY_PER_BYTE = 128;

    private static final long MEMORY_PER_VALUE = 16 * 1024;

    /** Numbers that claim a large size, or are at a limit of their range. */
    private static final List<byte[]> NUMBERS = List.of(
            HexFormat.of().parseHex("feffffff0f"),
            HexFormat.of().parseHex("ffffffff0f"),
            HexFormat.of().parseHex("feffffffffffffffff01"),
            HexFormat.of().parseHex("ffffffffffffffffff01"),
            HexFormat.of().parseHex("ffffffffffffffffffff"),
            HexFormat.of().parseHex("808004"),
            new byte[] {0},
            new byte[] {1});

    private final AvroEventCodec codec = new AvroEventCodec();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void readsADamagedValueAsAvroDoesOrRejectsIt() throws IOException {
        SeededCases.run(CASES, random -> assertReadAsAvroReads(damage(random, valid(random))));
    }

    @Test
    void rejectsEveryTruncatedValue() throws IOException {
        SeededCases.run(50, random -> {
            byte[] value = valid(random);
            for (int length = Math.max(0, value.length - 500); length < value.length; length++) {
                assertThat(decode(Arrays.copyOf(value, length)).event()).isEmpty();
            }
        });
    }

    @Test
    void readsRandomBytesAsAvroDoesOrRejectsThem() throws IOException {
        SeededCases.run(CASES, random -> {
            byte[] value = new byte[random.nextInt(30)];
            random.nextBytes(value);

            assertReadAsAvroReads(value);
        });
    }

    private void assertReadAsAvroReads(byte[] value) {
        Decoded decoded = decode(value);

        if (decoded.rejection()
                .filter(AvroEventCodecFuzzTest::isAboutMoreThan64Bits)
                .isEmpty()) {
            Optional<Event> expected = decodeWithAvro(value);
            assertThat(decoded.event().map(Event::getHeaders)).isEqualTo(expected.map(Event::getHeaders));
            assertThat(decoded.event().map(Event::getBody).orElse(null))
                    .isEqualTo(expected.map(Event::getBody).orElse(null));
        }
    }

    /** The codec is stricter here: Avro silently cuts such a number to 64 bits. */
    private static boolean isAboutMoreThan64Bits(UnreadableRecordException rejection) {
        return rejection.toString().contains(" has more than 64 bits at ");
    }

    private Decoded decode(byte[] value) {
        // Measures the second call: the first may load classes and link call sites, which needs more memory than any
        // value.
        Decoded.of(codec, value);
        long before = threads.getCurrentThreadAllocatedBytes();
        Decoded decoded = Decoded.of(codec, value);
        long used = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(used).isLessThan(MEMORY_PER_VALUE + MEMORY_PER_BYTE * value.length);
        decoded.rejection()
                .ifPresent(rejection -> assertThat(rejection)
                        .hasMessageMatching("not a Flume Avro event: [a-z0-9' ]+ at byte \\d+ of " + value.length));
        return decoded;
    }

    /** The result of decoding a value: one of the two is present. */
    private record Decoded(Optional<Event> event, Optional<UnreadableRecordException> rejection) {

        static Decoded of(EventCodec codec, byte[] value) {
            try {
                return new Decoded(Optional.of(codec.decode(value)), Optional.empty());
            } catch (UnreadableRecordException e) {
                return new Decoded(Optional.empty(), Optional.of(e));
            }
        }
    }

    private static Optional<Event> decodeWithAvro(byte[] value) {
        try {
            return Optional.of(AvroReference.readWhole(value));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] valid(Random random) throws IOException {
        RandomEvents events = new RandomEvents(random);
        return random.nextBoolean()
                ? AvroReference.write(events.headers(), events.body())
                : AvroReference.writeBlocks(events.headers(), events.body());
    }

    private static byte[] damage(Random random, byte[] valid) {
        byte[] value = valid;
        for (int times = random.nextInt(3); times >= 0; times--) {
            // Most of the structure is in the first bytes; the rest is usually the body.
            int at = random.nextInt(random.nextBoolean() ? Math.min(value.length, 40) + 1 : value.length + 1);
            int removed = Math.min(random.nextInt(4), value.length - at);
            value = switch (random.nextInt(5)) {
                case 0 -> Arrays.copyOf(value, at);
                case 1 -> replace(value, at, removed, NUMBERS.get(random.nextInt(NUMBERS.size())));
                case 2 -> replace(value, at, removed, new byte[0]);
                case 3 -> replace(value, at, 0, new byte[] {(byte) random.nextInt()});
                default -> replace(value, at, Math.min(1, removed), new byte[] {(byte) random.nextInt()});
            };
        }
        return value;
    }

    private static byte[] replace(byte[] value, int at, int removed, byte[] with) {
        byte[] replaced = Arrays.copyOf(value, value.length - removed + with.length);
        System.arraycopy(with, 0, replaced, at, with.length);
        System.arraycopy(value, at + removed, replaced, at + with.length, value.length - at - removed);
        return replaced;
    }
}
