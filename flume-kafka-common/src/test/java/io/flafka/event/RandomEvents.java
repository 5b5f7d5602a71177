// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Random headers and bodies: any Unicode text, unpaired surrogates, empty texts, and very long ones. */
final class RandomEvents {

    private static final int LARGEST_BODY = 100 * 1024;

    private final Random random;

    RandomEvents(Random random) {
        this.random = random;
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        int count = random.nextInt(10) == 0 ? random.nextInt(200) : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            headers.put(text(), text());
        }
        return headers;
    }

    byte[] body() {
        byte[] body = new byte[random.nextInt(10) == 0 ? random.nextInt(LARGEST_BODY + 1) : random.nextInt(200)];
        random.nextBytes(body);
        return body;
    }

    private String text() {
        int length = random.nextInt(50) == 0 ? random.nextInt(10_000) : random.nextInt(20);
        int alphabet = random.nextInt(5);
        return IntStream.range(0, length)
                .map(i -> character(alphabet))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private int character(int alphabet) {
        return switch (alphabet) {
            case 0 -> ' ' + random.nextInt(95);
            case 1 -> random.nextInt(0x100);
            case 2 -> random.nextInt(0x10000);
            case 3 -> 0x1F600 + random.nextInt(80);
            default -> Character.MIN_SURROGATE + random.nextInt(0x800);
        };
    }
}
