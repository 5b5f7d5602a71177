// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A jar that costs little heap while it is open. The JDK keeps the directory of each there as it is in the file, with a table beside it: 0.6 MB for Kafka's
 * client alone, of the 20 MB that {@code flume-ng} gives an agent (decision 43).
 *
 * <p>Thread-safe. An interrupt of the reading thread does not close it, as it would a {@code FileChannel}: Flume interrupts threads that load classes.
 */
final class LeanJar implements Closeable {

    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;

    private final Path path;
    private final RandomAccessFile file;
    private final JarDirectory directory;
    private final boolean forSeveralReleases;

    private LeanJar(Path path, RandomAccessFile file, JarDirectory directory) throws IOException {
        this.path = path;
        this.file = file;
        this.directory = directory;
        this.forSeveralReleases = directory.hasReleases() && saysSo();
    }

    /**
     * Opens a jar, unless it is one of those that {@link JarDirectory} leaves to the JDK.
     *
     * @throws IOException if it cannot be read
     */
    static Optional<LeanJar> open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        Optional<LeanJar> opened = Optional.empty();
        try {
            Optional<JarDirectory> directory = JarDirectory.of(file);
            if (directory.isPresent()) {
                opened = Optional.of(new LeanJar(path, file, directory.get()));
            }
            return opened;
        } finally {
            if (opened.isEmpty()) {
                file.close();
            }
        }
    }

    private boolean saysSo() throws IOException {
        byte[] manifest = read("META-INF/MANIFEST.MF");
        return manifest != null && new String(manifest, UTF_8).contains("Multi-Release: true");
    }

    /** Where it lies. */
    Path path() {
        return path;
    }

    /**
     * The name under which the jar has a class or resource: another than the one asked for if it has one for this release of Java. Null if it has none.
     *
     * @throws IOException if the jar cannot be read
     */
    synchronized @Nullable String find(String name) throws IOException {
        if (forSeveralReleases) {
            for (String candidate : directory.namesByRelease(name)) {
                if (directory.find(candidate) != null) {
                    return candidate;
                }
            }
        }
        return directory.find(name) == null ? null : name;
    }

    /**
     * The bytes of the entry that {@link #find} has found. Null if there is none.
     *
     * @throws IOException if the jar cannot be read
     */
    synchronized byte @Nullable [] read(String found) throws IOException {
        JarDirectory.Entry entry = directory.find(found);
        if (entry == null) {
            return null;
        }
        ByteBuffer local = JarDirectory.numbers(JarDirectory.bytes(file, entry.local(), entry.local() + LOCAL_LENGTH));
        if (local.getInt(0) != LOCAL) {
            throw damaged(found);
        }
        long data = entry.local() + LOCAL_LENGTH + JarDirectory.u2(local, 26) + JarDirectory.u2(local, 28);
        byte[] packed = JarDirectory.bytes(file, data, data + entry.packed());
        return entry.method() == JarDirectory.STORED ? packed : unpacked(packed, entry.size(), found);
    }

    private byte[] unpacked(byte[] packed, int size, String name) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[size];
            int count = 0;
            while (count < size) {
                int more = inflater.inflate(bytes, count, size - count);
                if (more == 0) {
                    throw damaged(name);
                }
                count += more;
            }
            return bytes;
        } catch (DataFormatException notPacked) {
            throw (IOException) damaged(name).initCause(notPacked);
        } finally {
            inflater.end();
        }
    }

    private ZipException damaged(String name) {
        return new ZipException(path + " is damaged, or was replaced while it was in use, at " + name);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
