// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a JSON object that has only strings, numbers and words such as {@code true}. For one text. */
final class FlatJson {
    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /**
     * Returns the object's values as text, or nothing if the text ends before the object does.
     *
     * @throws IllegalArgumentException if it is not such an object
     */
    static Optional<Map<String, String>> read(String text) {
        try {
            return Optional.of(new FlatJson(text).object());
        } catch (StringIndexOutOfBoundsException cut) {
            return Optional.empty();
        }
    }

    private Map<String, String> object() {
        Map<String, String> values = new HashMap<>();
        expect('{');
        if (next() == '}') {
            at++;
        } else {
            do {
                String name = string();
                expect(':');
                values.put(name, next() == '"' ? string() : word());
            } while (more());
        }
        if (!text.substring(at).isBlank()) {
            throw wrong("the end");
        }
        return values;
    }

    private boolean more() {
        char c = next();
        if (c != ',' && c != '}') {
            throw wrong("',' or '}'");
        }
        at++;
        return c == ',';
    }

    private String string() {
        expect('"');
        int start = at;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                return escaped(start);
            }
            at++;
        }
        return text.substring(start, at++);
    }

    private String escaped(int start) {
        StringBuilder value = new StringBuilder(text.substring(start, at));
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            value.append(c == '\\' ? escape(text.charAt(at++)) : c);
        }
        return value.toString();
    }

    private char escape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private String word() {
        int start = at;
        while (",} \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.isEmpty() || word.startsWith("{") || word.startsWith("[")) {
            at = start;
            throw wrong("a string, a number or a word");
        }
        return word;
    }

    private void expect(char c) {
        if (next() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private char next() {
        while (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
            at++;
        }
        return text.charAt(at);
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("Expected " + expected + " at character " + (at + 1));
    }
}
