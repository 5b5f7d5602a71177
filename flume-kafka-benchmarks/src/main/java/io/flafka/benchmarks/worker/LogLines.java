// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Generates realistic bodies: log lines of a web shop, about as compressible as real logs. They are the same for every
 * contender and every run.
 */
public final class LogLines {
    private static final long SEED = 20_221_016;
    private static final List<String> LEVELS = List.of("INFO ", "INFO ", "INFO ", "DEBUG", "WARN ");
    private static final List<String> CLASSES = List.of(
            "shop.order.OrderService", "shop.payment.CardGateway", "shop.stock.Reservation", "shop.web.SessionFilter");
    private static final List<String> VERBS =
            List.of("accepted", "priced", "reserved", "charged", "shipped", "rejected");

    private final Random random = new Random(SEED);
    private long clock = 1_665_900_000_000L;

    /** Returns the next body with exactly this many bytes: as many lines as fit, the last one cut off. */
    public byte[] next(int size) {
        StringBuilder text = new StringBuilder(size + 256);
        while (text.length() < size) {
            line(text);
        }
        text.setLength(size);
        return text.toString().getBytes(US_ASCII);
    }

    private void line(StringBuilder text) {
        clock += random.nextInt(20);
        text.append(java.time.Instant.ofEpochMilli(clock))
                .append(' ')
                .append(pick(LEVELS))
                .append(" [worker-")
                .append(random.nextInt(32))
                .append("] ")
                .append(pick(CLASSES))
                .append(" order=")
                .append(random.nextInt(100_000_000))
                .append(' ')
                .append(pick(VERBS))
                .append(" customer=")
                .append(random.nextInt(1_000_000))
                .append(String.format(Locale.ROOT, " amount=%d.%02d", random.nextInt(900), random.nextInt(100)))
                .append(" ms=")
                .append(random.nextInt(400))
                .append(" trace=")
                .append(Long.toHexString(random.nextLong()))
                .append('\n');
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
