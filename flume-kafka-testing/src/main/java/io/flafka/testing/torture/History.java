// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import io.flafka.testing.torture.load.LoadEvent;
import io.flafka.testing.torture.output.Delivered;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Locale;

/** Writes what happens in a run, one JSON object per line, for the checker. For any thread. */
public final class History implements AutoCloseable {
    private final Path file;
    private final Clock clock;
    private final BufferedWriter out;

    History(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            this.out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file. */
    Path file() {
        return file;
    }

    /** Events are handed to the pipeline. */
    public void sent(Collection<LoadEvent> events) {
        StringBuilder lines = new StringBuilder();
        for (LoadEvent event : events) {
            lines.append(line(
                    "sent",
                    "\"id\":\"%s\",\"key\":\"%s\",\"seq\":%d,\"body\":\"%s\""
                            .formatted(
                                    event.id(),
                                    event.key(),
                                    event.seq(),
                                    event.kind().name().toLowerCase(Locale.ROOT))));
        }
        write(lines);
    }

    /** Events are acknowledged to their sender. */
    public void acked(Collection<LoadEvent> events) {
        StringBuilder lines = new StringBuilder();
        events.forEach(event -> lines.append(line("acked", "\"id\":\"%s\"".formatted(event.id()))));
        write(lines);
    }

    /** A fault begins. */
    public void fault(String kind, String target, String detail) {
        write(line("fault", "\"kind\":\"%s\",\"target\":\"%s\",\"detail\":\"%s\"".formatted(kind, target, detail)));
    }

    /** A fault has ended. */
    public void faultEnd(String kind, String target) {
        write(line("fault-end", "\"kind\":\"%s\",\"target\":\"%s\"".formatted(kind, target)));
    }

    /** A record is in the output. */
    public void out(Delivered delivered) {
        write(line(
                delivered.time(),
                "out",
                place(delivered) + ",\"key\":\"%s\",\"seq\":%d".formatted(delivered.key(), delivered.seq())));
    }

    /** A record is in the dead letters. */
    public void dead(Delivered delivered) {
        write(line(delivered.time(), "dead", place(delivered)));
    }

    private static String place(Delivered delivered) {
        return "\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,\"id\":\"%s\""
                .formatted(delivered.place(), delivered.partition(), delivered.offset(), delivered.id());
    }

    /** So many records are in the output. */
    public void progress(long count) {
        write(line("progress", "\"count\":" + count));
    }

    private String line(String event, String fields) {
        return line(clock.millis(), event, fields);
    }

    private static String line(long time, String event, String fields) {
        return "{\"t\":%d,\"e\":\"%s\",%s}%n".formatted(time, event, fields);
    }

    private synchronized void write(CharSequence lines) {
        try {
            out.append(lines);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
