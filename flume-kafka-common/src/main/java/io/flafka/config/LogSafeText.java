// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Text that somebody else has written (a value, a name, a message), as a log line may show it: on one line, of bounded length, with every character that cannot
 * be seen written out.
 */
public final class LogSafeText {

    private static final int LONGEST_VALUE = 300;
    private static final int LONGEST_MESSAGE = 3_000;
    private static final int LAST_ASCII = 0x7e;

    private LogSafeText() {}

    /** A value, in quotes. */
    public static String quoted(Object value) {
        return "'" + value(value) + "'";
    }

    /** A value that has quotes already. */
    public static String value(Object value) {
        return escaped(String.valueOf(value), LONGEST_VALUE);
    }

    /** A message of another program. */
    public static String message(@Nullable Object message) {
        return escaped(String.valueOf(message), LONGEST_MESSAGE);
    }

    /** The first character that is not plain ASCII, by itself, its code and its name. */
    static Optional<String> oddCharacter(String text) {
        return text.codePoints()
                .filter(character -> character < ' ' || character > LAST_ASCII)
                .mapToObj(character -> "%s (U+%04X %s)"
                        .formatted(quoted(Character.toString(character)), character, Character.getName(character)))
                .findFirst();
    }

    private static String escaped(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        int end = text.length() > longest ? text.offsetByCodePoints(0, text.codePointCount(0, longest)) : text.length();
        text.substring(0, end).codePoints().forEach(character -> append(shown, character));
        return end < text.length() ? shown + "… (" + text.length() + " characters)" : shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        if (isSeen(character)) {
            shown.appendCodePoint(character);
        } else if (Character.isBmpCodePoint(character)) {
            shown.append(String.format(Locale.ROOT, "\\u%04x", character));
        } else {
            shown.append(String.format(Locale.ROOT, "\\U%08x", character));
        }
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
