// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the lines of growing files, whose names begin with the time of their creation. A folder is one place. */
public final class FileOutput implements Output {
    private static final Pattern ID = Pattern.compile("\\bid=([^,}]+)");
    private static final long PAUSE_MILLIS = 200;

    private final Map<String, Path> folders;
    private final Clock clock = Clock.systemUTC();
    private final Map<Path, Long> read = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final List<Delivered> all = new ArrayList<>();

    /**
     * Reads all files of folders.
     *
     * @param folders by the names of the places
     */
    public FileOutput(Map<String, Path> folders) {
        this.folders = new TreeMap<>(folders);
    }

    @Override
    public List<Delivered> next() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        List<Delivered> delivered = new ArrayList<>();
        folders.forEach((place, folder) -> {
            for (Path file : files(folder)) {
                newLines(file).forEach(line -> delivered.add(delivered(place, line)));
            }
        });
        all.addAll(delivered);
        return delivered;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(
                            Comparator.comparing((Path file) -> number(file, 0)).thenComparing(file -> number(file, 1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Flume's names: milliseconds, a dash, a number.
    private static long number(Path file, int part) {
        return Long.parseLong(file.toFile().getName().split("-", 2)[part]);
    }

    // A line without an end is not complete, or the agent was killed while it wrote it.
    private List<String> newLines(Path file) {
        long from = read.getOrDefault(file, 0L);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            String text = new String(bytes, UTF_8);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            read.put(file, from + whole.getBytes(UTF_8).length);
            return whole.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Delivered delivered(String place, String line) {
        Matcher id = ID.matcher(line);
        long number = lines.merge(place, 1L, Long::sum);
        return new Delivered(clock.millis(), place, 0, number, id.find() ? id.group(1) : "unknown");
    }

    @Override
    public List<Delivered> all() {
        next();
        return List.copyOf(all);
    }

    @Override
    public boolean isDeadLetters(String place) {
        return false;
    }

    @Override
    public void close() {
        // Each read opens and closes its file.
    }
}
