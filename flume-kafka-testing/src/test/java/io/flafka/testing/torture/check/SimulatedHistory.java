// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what happens in a {@link SimulatedPipeline}, with its own time. The output comes at the end. */
final class SimulatedHistory {
    private static final long SECOND = 1000;

    private final List<String> run = new ArrayList<>();
    private final List<List<String>> output = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<String> deadLetters = new ArrayList<>();
    private long time = 1_700_000_000_000L;
    private long progressAt = time;

    long time() {
        return time;
    }

    /** Lets time pass, with a line of progress each second. */
    void pass(long millis) {
        long end = time + millis;
        while (progressAt <= end) {
            long records = output.stream().mapToLong(List::size).sum();
            run.add("{\"t\":%d,\"e\":\"progress\",\"count\":%d}".formatted(progressAt, records));
            progressAt += SECOND;
        }
        time = end;
    }

    void sent(EventId id, BodyKind body) {
        run.add("{\"t\":%d,\"e\":\"sent\",\"id\":\"%s\",\"key\":\"%s\",\"seq\":%d,\"body\":\"%s\"}"
                .formatted(time, id, id.key(), id.number(), body.name().toLowerCase(java.util.Locale.ROOT)));
    }

    void acked(EventId id) {
        run.add("{\"t\":%d,\"e\":\"acked\",\"id\":\"%s\"}".formatted(time, id));
    }

    void kill() {
        run.add("{\"t\":%d,\"e\":\"fault\",\"kind\":\"kill\",\"target\":\"a1\",\"detail\":\"\"}".formatted(time));
    }

    void restarted() {
        run.add("{\"t\":%d,\"e\":\"fault-end\",\"kind\":\"kill\",\"target\":\"a1\"}".formatted(time));
    }

    void deliver(int partition, EventId id) {
        pass(1);
        List<String> records = output.get(partition);
        records.add("{\"t\":%d,\"e\":\"out\",\"topic\":\"out\",\"partition\":%d,\"offset\":%d,\"id\":\"%s\"}"
                .formatted(time, partition, records.size(), id));
    }

    void deadLetter(EventId id) {
        pass(1);
        deadLetters.add("{\"t\":%d,\"e\":\"dead\",\"topic\":\"dlq\",\"partition\":0,\"offset\":%d,\"id\":\"%s\"}"
                .formatted(time, deadLetters.size(), id));
    }

    Path write(Path file) {
        List<String> all = new ArrayList<>(run);
        output.forEach(all::addAll);
        all.addAll(deadLetters);
        try {
            return Files.write(file, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
