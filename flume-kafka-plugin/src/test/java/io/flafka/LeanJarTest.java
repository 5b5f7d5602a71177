// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entries of a jar, and the jars that are left to the JDK. */
class LeanJarTest {

    private static final int FEATURE = Runtime.version().feature();

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path folder;

    private final Map<String, String> entries = new LinkedHashMap<>();
    private String comment = "";

    @Test
    void readsCompressedAndStoredEntries() throws Exception {
        entries.put("a/Packed.class", "word ".repeat(50_000));
        entries.put("empty", "");
        try (LeanJar jar = LeanJar.open(writeJar()).orElseThrow()) {
            assertThat(read(jar, "a/Packed.class")).isEqualTo("word ".repeat(50_000));
            assertThat(read(jar, "empty")).isEmpty();
            assertThat(read(jar, "stored.so")).isEqualTo("as it is");
            assertThat(jar.path()).isEqualTo(folder.resolve("a.jar"));
        }
    }

    @Test
    void distinguishesNamesWithEqualHashCodes() throws Exception {
        entries.put("BB", "second");
        entries.put("Aa", "first");
        assertThat("Aa").hasSameHashCodeAs("BB").hasSameHashCodeAs("C#");
        try (LeanJar jar = LeanJar.open(writeJar()).orElseThrow()) {
            assertThat(read(jar, "Aa")).isEqualTo("first");
            assertThat(read(jar, "BB")).isEqualTo("second");
            // First a name with the same hash code and length, then one of another length.
            assertThat(jar.resolve("C#")).isNull();
            assertThat(jar.resolve("a")).isNull();
        }
    }

    @Test
    void findsNothingUnderUnknownNames() throws Exception {
        entries.put("a", "a");
        try (LeanJar jar = LeanJar.open(writeJar()).orElseThrow()) {
            assertThat(jar.resolve("b")).isNull();
            assertThat(jar.resolve("")).isNull();
            assertThat(jar.read("b")).isNull();
        }
    }

    @Test
    void findsNonAsciiNameInJarWithLongestComment() throws Exception {
        comment = "c".repeat(0xFFFF);
        entries.put("größe/名.txt", "found");
        try (LeanJar jar = LeanJar.open(writeJar()).orElseThrow()) {
            assertThat(read(jar, "größe/名.txt")).isEqualTo("found");
        }
    }

    @Test
    void usesNewestVersionForThisJavaInMultiReleaseJar() throws Exception {
        entries.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n");
        entries.put("a", "base");
        entries.put("b", "base");
        entries.put("META-INF/versions/9/a", "9");
        entries.put("META-INF/versions/" + FEATURE + "/a", "this");
        entries.put("META-INF/versions/" + (FEATURE + 1) + "/a", "later");
        entries.put("META-INF/versions/nine/b", "no release");
        try (LeanJar jar = LeanJar.open(writeJar()).orElseThrow()) {
            assertThat(read(jar, "a")).isEqualTo("this");
            assertThat(read(jar, "b")).isEqualTo("base");
        }
    }

    @Test
    void ignoresVersionsIfManifestIsNotMultiRelease() throws Exception {
        entries.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n\r\n");
        entries.put("a", "base");
        entries.put("META-INF/versions/9/a", "9");
        try (LeanJar jar = LeanJar.open(writeJar()).orElseThrow()) {
            assertThat(read(jar, "a")).isEqualTo("base");
        }
    }

    @Test
    void staysOpenAfterInterrupt() throws Exception {
        entries.put("a", "a");
        try (LeanJar jar = LeanJar.open(writeJar()).orElseThrow()) {
            Thread.currentThread().interrupt();
            assertThat(read(jar, "a")).isEqualTo("a");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(read(jar, "a")).isEqualTo("a");
        }
    }

    @Test
    void doesNotOpenSignedJar() throws Exception {
        entries.put("META-INF/KEY.SF", "signature");

        assertThat(LeanJar.open(writeJar())).isEmpty();
    }

    @Test
    void doesNotOpenZip64Jar() throws Exception {
        for (int i = 0; i < 0xFFFF; i++) {
            entries.put(Integer.toString(i), "");
        }

        assertThat(LeanJar.open(writeJar())).isEmpty();
    }

    @Test
    void doesNotOpenJarAfterScript() throws Exception {
        byte[] jar = Files.readAllBytes(writeJar());
        Path script = folder.resolve("script.jar");
        try (OutputStream out = Files.newOutputStream(script)) {
            out.write("#!/bin/sh\n".getBytes(UTF_8));
            out.write(jar);
        }

        assertThat(LeanJar.open(script)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 22, 1000})
    void doesNotOpenFileThatIsNotAJar(int length) throws Exception {
        Path file = Files.write(folder.resolve("not-a.jar"), new byte[length]);

        assertThat(LeanJar.open(file)).isEmpty();
    }

    @Test
    void reportsJarThatWasReplacedWhileInUse() throws Exception {
        entries.put("a", "some text");
        Path path = writeJar();
        try (LeanJar jar = LeanJar.open(path).orElseThrow()) {
            // The jar begins with this entry.
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.write(new byte[4]);
            }

            assertThatThrownBy(() -> jar.read("stored.so"))
                    .isInstanceOf(ZipException.class)
                    .hasMessage(path + " is damaged, or was replaced while in use, at entry stored.so");
        }
    }

    @Test
    void reportsEntryThatCannotBeDecompressed() throws Exception {
        entries.put("packed.txt", "some text");
        Path path = writeJar();
        try (LeanJar jar = LeanJar.open(path).orElseThrow()) {
            byte[] bytes = Files.readAllBytes(path);
            int name = new String(bytes, ISO_8859_1).indexOf("packed.txt");
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.seek(name + "packed.txt".length());
                file.write(0xFF);
            }

            assertThatThrownBy(() -> jar.read("packed.txt"))
                    .isInstanceOf(ZipException.class)
                    .hasMessage(path + " is damaged, or was replaced while in use, at entry packed.txt");
        }
    }

    private static @Nullable String read(LeanJar jar, String name) throws IOException {
        String entryName = jar.resolve(name);
        byte[] bytes = entryName == null ? null : jar.read(entryName);
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private Path writeJar() throws IOException {
        Path jar = folder.resolve("a.jar");
        try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar)))) {
            out.setComment(comment);
            byte[] stored = "as it is".getBytes(UTF_8);
            ZipEntry entry = new ZipEntry("stored.so");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(stored.length);
            CRC32 sum = new CRC32();
            sum.update(stored);
            entry.setCrc(sum.getValue());
            out.putNextEntry(entry);
            out.write(stored);
            for (Map.Entry<String, String> other : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(other.getKey()));
                out.write(other.getValue().getBytes(UTF_8));
            }
        }
        return jar;
    }
}
