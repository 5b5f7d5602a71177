// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a history by hand. Each line is 10 ms after the one before, unless the test lets time pass. */
final class WrittenHistory {
    private static final long STEP = 10;

    private final List<String> lines = new ArrayList<>();
    private long time = 1_000_000;
    private long offset;

    WrittenHistory() {
        progress(0);
    }

    WrittenHistory sent(int... numbers) {
        for (int number : numbers) {
            sent(number, BodyKind.UNIQUE);
        }
        return this;
    }

    WrittenHistory sent(int number, BodyKind body) {
        return line("\"e\":\"sent\",\"id\":\"%s\",\"key\":\"k\",\"seq\":%d,\"body\":\"%s\""
                .formatted(id(number), number, body.name().toLowerCase(java.util.Locale.ROOT)));
    }

    WrittenHistory acked(int... numbers) {
        for (int number : numbers) {
            line("\"e\":\"acked\",\"id\":\"%s\"".formatted(id(number)));
        }
        return this;
    }

    /** The numbers are sent, and acknowledged after that. */
    WrittenHistory accepted(int... numbers) {
        return sent(numbers).acked(numbers);
    }

    WrittenHistory out(int... numbers) {
        return outOf(0, numbers);
    }

    WrittenHistory outOf(int partition, int... numbers) {
        for (int number : numbers) {
            line("\"e\":\"out\",\"topic\":\"out\",\"partition\":%d,\"offset\":%d,\"id\":\"%s\",\"key\":\"k\",\"seq\":%d"
                    .formatted(partition, offset++, id(number), number));
        }
        return this;
    }

    /** The numbers are lines of a file. */
    WrittenHistory lines(String file, int... numbers) {
        for (int number : numbers) {
            line("\"e\":\"out\",\"file\":\"%s\",\"line\":%d,\"id\":\"%s\"".formatted(file, offset++, id(number)));
        }
        return this;
    }

    WrittenHistory dead(int... numbers) {
        for (int number : numbers) {
            line("\"e\":\"dead\",\"topic\":\"dlq\",\"partition\":0,\"offset\":%d,\"id\":\"%s\""
                    .formatted(offset++, id(number)));
        }
        return this;
    }

    WrittenHistory fault(String kind) {
        line("\"e\":\"fault\",\"kind\":\"%s\",\"target\":\"a1\",\"detail\":\"said \\\"so\\\"\"".formatted(kind));
        return line("\"e\":\"fault-end\",\"kind\":\"%s\",\"target\":\"a1\"".formatted(kind));
    }

    WrittenHistory progress(long count) {
        return line("\"e\":\"progress\",\"count\":" + count);
    }

    WrittenHistory seconds(long seconds) {
        time += seconds * 1000;
        return this;
    }

    /** Adds text as it is to the end of the last line. */
    WrittenHistory text(String text) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + text);
        return this;
    }

    private WrittenHistory line(String values) {
        lines.add("{\"t\":" + time + "," + values + "}");
        time += STEP;
        return this;
    }

    private static String id(int number) {
        return "k-%06d".formatted(number);
    }

    Path in(Path directory) {
        try {
            return Files.write(directory.resolve("history.jsonl"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
