// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a jar are, in eight bytes each: the hash of the name, and where in the file's own directory the rest stands.
 *
 * <p>Reads the file, so it is for one thread at a time.
 */
final class JarDirectory {

    /**
     * What the file says of an entry.
     *
     * @param packed its length in the file
     * @param local where in the file it begins
     */
    record Entry(int method, int packed, int size, long local) {}

    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final String RELEASES = "META-INF/versions/";
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final long PLACE = 0xFFFFFFFFL;

    private final RandomAccessFile file;
    private final long start;
    private final long[] index;
    private final NavigableSet<Integer> releases;

    private JarDirectory(RandomAccessFile file, long start, long[] index, NavigableSet<Integer> releases) {
        this.file = file;
        this.start = start;
        this.index = index;
        this.releases = releases;
    }

    /**
     * Reads it, unless the jar is one of those that are better left to the JDK: signed, encrypted, or in the format for more than 65,535 entries.
     *
     * @throws IOException if the file cannot be read
     */
    static Optional<JarDirectory> of(RandomAccessFile file) throws IOException {
        long length = file.length();
        ByteBuffer tail = numbers(bytes(file, Math.max(0, length - LONGEST_COMMENT - END_LENGTH), length));
        int end = tail.limit() - END_LENGTH;
        while (end >= 0 && (tail.getInt(end) != END || u2(tail, end + 20) != tail.limit() - end - END_LENGTH)) {
            end--;
        }
        if (end < 0) {
            return Optional.empty();
        }
        int count = u2(tail, end + 10);
        long start = u4(tail, end + 16);
        long stop = start + u4(tail, end + 12);
        // Else it is in the larger format, or something lies before it.
        boolean plain = count < 0xFFFF && stop == length - tail.limit() + end;
        return plain ? read(file, start, bytes(file, start, stop), count) : Optional.empty();
    }

    private static Optional<JarDirectory> read(RandomAccessFile file, long start, byte[] bytes, int count) {
        ByteBuffer directory = numbers(bytes);
        long[] index = new long[count];
        NavigableSet<Integer> releases = new TreeSet<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (!isPlain(directory, at)) {
                return Optional.empty();
            }
            int nameLength = u2(directory, at + 28);
            String name = new String(bytes, at + ENTRY_LENGTH, nameLength, UTF_8);
            if (name.startsWith("META-INF/") && name.endsWith(".SF")) {
                return Optional.empty();
            }
            if (name.startsWith(RELEASES)) {
                addRelease(name, releases);
            }
            index[i] = hashed(name) | at;
            at += ENTRY_LENGTH + nameLength + u2(directory, at + 30) + u2(directory, at + 32);
        }
        Arrays.sort(index);
        return Optional.of(new JarDirectory(file, start, index, releases));
    }

    /** What can be read here: neither encrypted nor larger than the format's numbers. */
    private static boolean isPlain(ByteBuffer directory, int at) {
        int method = u2(directory, at + 10);
        return directory.getInt(at) == ENTRY
                && (u2(directory, at + 8) & 1) == 0
                && (method == STORED || method == DEFLATED)
                && directory.getInt(at + 20) >= 0
                && directory.getInt(at + 24) >= 0
                && u4(directory, at + 42) != PLACE;
    }

    private static void addRelease(String name, NavigableSet<Integer> releases) {
        String release = name.substring(RELEASES.length()).replaceFirst("/.*", "");
        IntStream.rangeClosed(9, Runtime.version().feature())
                .filter(known -> release.equals(String.valueOf(known)))
                .forEach(releases::add);
    }

    /** Whether the jar has classes for some releases of Java that this one would take. */
    boolean hasReleases() {
        return !releases.isEmpty();
    }

    /** Where the entry may lie that stands for this name in a jar for several releases: for this release first. */
    String[] namesByRelease(String name) {
        return releases.descendingSet().stream()
                .map(release -> RELEASES + release + "/" + name)
                .toArray(String[]::new);
    }

    /**
     * The entry of exactly this name.
     *
     * @throws IOException if the file cannot be read
     */
    @Nullable
    Entry find(String name) throws IOException {
        byte[] wanted = name.getBytes(UTF_8);
        long hash = hashed(name);
        int found = Arrays.binarySearch(index, hash);
        for (int i = found < 0 ? -found - 1 : found; i < index.length && (index[i] & ~PLACE) == hash; i++) {
            long at = start + (index[i] & PLACE);
            ByteBuffer entry = numbers(bytes(file, at, at + ENTRY_LENGTH));
            long nameAt = at + ENTRY_LENGTH;
            if (u2(entry, 28) == wanted.length && Arrays.equals(bytes(file, nameAt, nameAt + wanted.length), wanted)) {
                return new Entry(u2(entry, 10), entry.getInt(20), entry.getInt(24), u4(entry, 42));
            }
        }
        return null;
    }

    /** A part of a file. */
    static byte[] bytes(RandomAccessFile file, long from, long to) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(to - from)];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    /** The same as numbers. */
    static ByteBuffer numbers(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An unsigned number of two bytes. */
    static int u2(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static long u4(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private static long hashed(String name) {
        return (long) name.hashCode() << Integer.SIZE;
    }
}
