// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;
import java.util.Random;

/** Texts as a careless or hostile sender makes them. Stateless. */
public final class HostileText {

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\0",
            "\u2028",
            "\u001b[2J",
            "\ud800",
            "\ud83d\ude00",
            "*",
            "%{",
            "}",
            "${",
            ",",
            ":",
            "/",
            "//",
            "\"",
            "\\",
            "[",
            "]",
            "{",
            "(",
            "(a+)+",
            ".",
            "..",
            "-",
            "=",
            "#",
            " ",
            "\t",
            "99999999999999999999",
            "-1",
            "null",
            "");
    private static final int LONGEST = 20_000;

    private HostileText() {}

    /** Returns a valid text with a few changes; one in ten is very long. */
    public static String like(String valid, Random random) {
        StringBuilder text = new StringBuilder(valid);
        for (int times = random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(3));
            text.replace(at, end, piece(random));
        }
        return random.nextInt(10) == 0 ? repeated(text.toString(), random) : text.toString();
    }

    private static String repeated(String text, Random random) {
        String part = random.nextBoolean() ? text : piece(random) + "a";
        return part.repeat(1 + random.nextInt(LONGEST / Math.max(1, part.length())));
    }

    private static String piece(Random random) {
        return random.nextInt(3) == 0
                ? Character.toString(random.nextInt(Character.MAX_CODE_POINT))
                : PIECES.get(random.nextInt(PIECES.size()));
    }
}
