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
 * An index of the entries of a jar that needs eight bytes of heap per entry: the hash code of the name, and the offset of the entry in the directory
 * of the file. Everything else is read from the file when it is needed.
 *
 * <p>For one thread at a time, because it moves the position of the file.
 */
final class JarDirectory {

    /**
     * An entry of the jar.
     *
     * @param method {@link #STORED} or {@link #DEFLATED}
     * @param compressedSize its size in the file
     * @param size its size after decompression
     * @param localHeader the offset of its local header in the file
     */
    record Entry(int method, int compressedSize, int size, long localHeader) {}

    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final String VERSIONS = "META-INF/versions/";
    private static final int END_RECORD = 0x06054b50;
    private static final int END_RECORD_LENGTH = 22;
    private static final int MAX_COMMENT_LENGTH = 0xFFFF;
    private static final int ENTRY_HEADER = 0x02014b50;
    private static final int ENTRY_HEADER_LENGTH = 46;
    /** The bits of an index element that are the offset; the others are the hash code. */
    private static final long OFFSET_BITS = 0xFFFFFFFFL;
    /** Stands for a number that is in the ZIP64 fields. */
    private static final long IN_ZIP64 = 0xFFFFFFFFL;

    private final RandomAccessFile file;
    private final long start;
    private final long[] index;
    private final NavigableSet<Integer> versions;

    private JarDirectory(RandomAccessFile file, long start, long[] index, NavigableSet<Integer> versions) {
        this.file = file;
        this.start = start;
        this.index = index;
        this.versions = versions;
    }

    /**
     * Reads the directory of a jar.
     *
     * @return empty if the jar must be left to the JDK: it is signed, encrypted, in the ZIP64 format, or has data before the first entry
     * @throws IOException if the file cannot be read
     */
    static Optional<JarDirectory> read(RandomAccessFile file) throws IOException {
        long length = file.length();
        ByteBuffer tail =
                littleEndian(readBytes(file, Math.max(0, length - MAX_COMMENT_LENGTH - END_RECORD_LENGTH), length));
        int end = tail.limit() - END_RECORD_LENGTH;
        while (end >= 0
                && (tail.getInt(end) != END_RECORD || u2(tail, end + 20) != tail.limit() - end - END_RECORD_LENGTH)) {
            end--;
        }
        if (end < 0) {
            return Optional.empty();
        }
        int count = u2(tail, end + 10);
        long start = u4(tail, end + 16);
        long stop = start + u4(tail, end + 12);
        // Otherwise the jar is in the ZIP64 format, or has data before its first entry.
        boolean isSupported = count < 0xFFFF && stop == length - tail.limit() + end;
        return isSupported ? index(file, start, readBytes(file, start, stop), count) : Optional.empty();
    }

    private static Optional<JarDirectory> index(RandomAccessFile file, long start, byte[] bytes, int count) {
        ByteBuffer directory = littleEndian(bytes);
        long[] index = new long[count];
        NavigableSet<Integer> versions = new TreeSet<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (!isSupported(directory, at)) {
                return Optional.empty();
            }
            int nameLength = u2(directory, at + 28);
            String name = new String(bytes, at + ENTRY_HEADER_LENGTH, nameLength, UTF_8);
            if (name.startsWith("META-INF/") && name.endsWith(".SF")) {
                return Optional.empty();
            }
            if (name.startsWith(VERSIONS)) {
                addVersion(name, versions);
            }
            index[i] = hashBits(name) | at;
            at += ENTRY_HEADER_LENGTH + nameLength + u2(directory, at + 30) + u2(directory, at + 32);
        }
        Arrays.sort(index);
        return Optional.of(new JarDirectory(file, start, index, versions));
    }

    /** Returns whether an entry is supported: not encrypted, compressed in a known way, and not in the ZIP64 format. */
    private static boolean isSupported(ByteBuffer directory, int at) {
        int method = u2(directory, at + 10);
        return directory.getInt(at) == ENTRY_HEADER
                && (u2(directory, at + 8) & 1) == 0
                && (method == STORED || method == DEFLATED)
                && directory.getInt(at + 20) >= 0
                && directory.getInt(at + 24) >= 0
                && u4(directory, at + 42) != IN_ZIP64;
    }

    private static void addVersion(String name, NavigableSet<Integer> versions) {
        String version = name.substring(VERSIONS.length()).replaceFirst("/.*", "");
        IntStream.rangeClosed(9, Runtime.version().feature())
                .filter(known -> version.equals(String.valueOf(known)))
                .forEach(versions::add);
    }

    /** Returns whether the jar has entries for certain Java releases that this JVM supports. */
    boolean hasVersionedEntries() {
        return !versions.isEmpty();
    }

    /** Returns the names under which a multi-release jar may have the entry, the newest Java release first. */
    String[] versionedNames(String name) {
        return versions.descendingSet().stream()
                .map(version -> VERSIONS + version + "/" + name)
                .toArray(String[]::new);
    }

    /**
     * Returns the entry with exactly this name, or null.
     *
     * @throws IOException if the file cannot be read
     */
    @Nullable
    Entry find(String name) throws IOException {
        byte[] nameBytes = name.getBytes(UTF_8);
        long hash = hashBits(name);
        int found = Arrays.binarySearch(index, hash);
        for (int i = found < 0 ? -found - 1 : found; i < index.length && (index[i] & ~OFFSET_BITS) == hash; i++) {
            long at = start + (index[i] & OFFSET_BITS);
            ByteBuffer entry = littleEndian(readBytes(file, at, at + ENTRY_HEADER_LENGTH));
            long nameAt = at + ENTRY_HEADER_LENGTH;
            if (u2(entry, 28) == nameBytes.length
                    && Arrays.equals(readBytes(file, nameAt, nameAt + nameBytes.length), nameBytes)) {
                return new Entry(u2(entry, 10), entry.getInt(20), entry.getInt(24), u4(entry, 42));
            }
        }
        return null;
    }

    /** Reads the bytes of a file from an offset to another. */
    static byte[] readBytes(RandomAccessFile file, long from, long to) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(to - from)];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the unsigned number of two bytes at a position. */
    static int u2(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private static long u4(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private static long hashBits(String name) {
        return (long) name.hashCode() << Integer.SIZE;
    }
}
