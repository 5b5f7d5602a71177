// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.agent;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The lines of an agent file. Java's own {@link Properties} read each of them, so escapes mean what they mean for Flume. Immutable.
 *
 * @param lines all lines of the file, without their line ends
 * @param entries the properties, in the order of the file; a name can be there twice
 * @param unreadable the numbers of lines with a wrong escape, because of which Flume reads nothing of the file
 */
public record AgentFile(List<String> lines, List<Entry> entries, List<Integer> unreadable) {

    /** The mark that some editors write at the beginning of a file. Flume reads it as a part of the first name. */
    public static final char BYTE_ORDER_MARK = '\ufeff';

    /**
     * A property.
     *
     * @param line the number of its first line, from 1
     * @param name its name
     * @param value its value
     */
    public record Entry(int line, String name, String value) {}

    /** Copies the lists. */
    public AgentFile {
        lines = List.copyOf(lines);
        entries = List.copyOf(entries);
        unreadable = List.copyOf(unreadable);
    }

    /** Returns the agent file with this text. Flume reads a file as UTF-8. */
    public static AgentFile of(String text) {
        List<String> lines = text.lines().toList();
        List<Entry> entries = new ArrayList<>();
        List<Integer> unreadable = new ArrayList<>();
        for (int first = 0, next; first < lines.size(); first = next) {
            next = endOfEntry(lines, first);
            int line = first + 1;
            try {
                Properties one = load(withoutMark(String.join("\n", lines.subList(first, next))));
                one.stringPropertyNames().forEach(name -> entries.add(new Entry(line, name, one.getProperty(name))));
            } catch (IllegalArgumentException wrongEscape) {
                unreadable.add(line);
            }
        }
        return new AgentFile(lines, entries, unreadable);
    }

    /** Returns the index after the last line of the property that begins at an index. */
    private static int endOfEntry(List<String> lines, int first) {
        if (isComment(lines.get(first))) {
            return first + 1;
        }
        int last = first;
        while (last < lines.size() - 1 && isContinued(lines.get(last))) {
            last++;
        }
        return last + 1;
    }

    private static boolean isComment(String line) {
        String text = line.stripLeading();
        return text.startsWith("#") || text.startsWith("!");
    }

    /** A backslash at the end of a line continues it, unless another backslash escapes that one. */
    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 != 0;
    }

    /** A byte order mark is reported by itself. */
    private static String withoutMark(String entry) {
        return entry.indexOf(BYTE_ORDER_MARK) == 0 ? entry.substring(1) : entry;
    }

    private static Properties load(String entry) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(entry));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return properties;
    }
}
