// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A history: one JSON object per line, only appended to. {@code t} is the time in milliseconds, {@code e} says what
 * happened:
 *
 * <pre>
 * {"t":1,"e":"sent","id":"k3-000017","key":"k3","seq":17,"body":"unique"}      handed to the pipeline; written before that
 * {"t":2,"e":"acked","id":"k3-000017"}                                         acknowledged to the sender
 * {"t":3,"e":"fault","kind":"kill-agent","target":"a1","detail":"SIGKILL"}     written before the fault
 * {"t":4,"e":"fault-end","kind":"kill-agent","target":"a1"}                    written after its end
 * {"t":5,"e":"progress","count":16}                                            records in the output, each second
 * {"t":6,"e":"out","topic":"out","partition":0,"offset":12,"id":"k3-000017"}   a record of the output
 * {"t":7,"e":"dead","topic":"dlq","partition":0,"offset":3,"id":"k3-000018"}   a dead letter
 * </pre>
 *
 * The time of {@code out} and {@code dead} is when the record was written (its timestamp), not when the history's writer
 * read it. They are in the order of each partition, and may be written after the run. A file has {@code file} and
 * {@code line} instead of topic, partition and offset.
 *
 * <p>A writer that is killed leaves a cut line. It is counted and ignored, at the end, or with the next line right after
 * it. Any other line that cannot be read is an error.
 *
 * @param path the file
 */
record HistoryFile(Path path) {
    private static final String LINE_BEGIN = "{\"t\":";

    /** A line of the file. */
    record Line(long number, String text, Entry entry) {}

    /**
     * Reads all lines.
     *
     * @return how many were cut
     */
    long read(Consumer<Line> reader) {
        // A decoder that replaces what is not UTF-8: a cut line may end inside a character.
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            long number = 0;
            long cut = 0;
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                number++;
                if (text.isBlank()) {
                    continue;
                }
                int begin = Math.max(0, text.lastIndexOf(LINE_BEGIN));
                String whole = text.substring(begin);
                Optional<Entry> entry = entry(number, whole);
                if (begin > 0 || entry.isEmpty()) {
                    cut++;
                }
                if (entry.isPresent()) {
                    reader.accept(new Line(number, whole, entry.get()));
                }
            }
            return cut;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the history " + path, e);
        }
    }

    private Optional<Entry> entry(long number, String text) {
        try {
            return FlatJson.read(text).map(HistoryFile::entry);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Line " + number + " of " + path + " is not one of a history: " + e.getMessage() + ": " + text, e);
        }
    }

    private static Entry entry(Map<String, String> line) {
        long time = Long.parseLong(value(line, "t"));
        String event = value(line, "e");
        return switch (event) {
            case "sent" -> new Entry.Sent(time, id(line), BodyKind.named(value(line, "body")));
            case "acked" -> new Entry.Acked(time, id(line));
            case "fault" ->
                new Entry.FaultBegin(time, value(line, "kind"), value(line, "target"), line.getOrDefault("detail", ""));
            case "fault-end" -> new Entry.FaultEnd(time, value(line, "kind"), value(line, "target"));
            case "out" -> new Entry.Output(time, place(line), offset(line), id(line));
            case "dead" -> new Entry.DeadLetter(time, place(line), offset(line), id(line));
            case "progress" -> new Entry.Progress(time, Long.parseLong(value(line, "count")));
            default -> throw new IllegalArgumentException("'" + event + "' is not known");
        };
    }

    private static EventId id(Map<String, String> line) {
        return EventId.parse(value(line, "id"));
    }

    private static Place place(Map<String, String> line) {
        return line.containsKey("file")
                ? new Place(value(line, "file"), 0)
                : new Place(value(line, "topic"), Integer.parseInt(value(line, "partition")));
    }

    private static long offset(Map<String, String> line) {
        return Long.parseLong(value(line, line.containsKey("file") ? "line" : "offset"));
    }

    private static String value(Map<String, String> line, String name) {
        String value = line.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }
}
