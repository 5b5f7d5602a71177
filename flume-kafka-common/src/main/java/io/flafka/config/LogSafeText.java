// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside (a configured value, a name, a message of another program) safe for a log line: on one line, of bounded length, and with
 * invisible characters escaped.
 */
public final class LogSafeText {

    private static final int MAX_VALUE_LENGTH = 200;
    private static final int MAX_MESSAGE_LENGTH = 3_000;
    private static final int LAST_ASCII = 0x7e;

    private LogSafeText() {}

    /** Returns a safe value in single quotes. */
    public static String quoted(Object value) {
        return "'" + value(value) + "'";
    }

    /** Returns a safe value without quotes. */
    public static String value(Object value) {
        return escaped(String.valueOf(value), MAX_VALUE_LENGTH);
    }

    /** Returns a safe message of another program. It may be longer than a value. */
    public static String message(@Nullable Object message) {
        return escaped(String.valueOf(message), MAX_MESSAGE_LENGTH);
    }

    /** Describes the first character that is not printable ASCII: the character, its code point and its name. */
    static Optional<String> firstNonAscii(String text) {
        return text.codePoints()
                .filter(character -> character < ' ' || character > LAST_ASCII)
                .mapToObj(character -> "%s (U+%04X %s)"
                        .formatted(quoted(Character.toString(character)), character, Character.getName(character)))
                .findFirst();
    }

    private static String escaped(String text, int maxLength) {
        StringBuilder shown = new StringBuilder();
        int end = text.length() > maxLength
                ? text.offsetByCodePoints(0, text.codePointCount(0, maxLength))
                : text.length();
        text.substring(0, end).codePoints().forEach(character -> append(shown, character));
        return end < text.length() ? shown + "… (" + text.length() + " characters)" : shown.toString();
    }

    private static void append(StringBuilder shown, int character) {
        if (isVisible(character)) {
            shown.appendCodePoint(character);
        } else if (Character.isBmpCodePoint(character)) {
            shown.append(String.format(Locale.ROOT, "\\u%04x", character));
        } else {
            shown.append(String.format(Locale.ROOT, "\\U%08x", character));
        }
    }

    private static boolean isVisible(int character) {
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
