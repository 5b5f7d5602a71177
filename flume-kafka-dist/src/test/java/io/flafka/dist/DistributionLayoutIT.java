// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The complete tree of the archives, as a list. Adding or removing a file must be a decision, not an accident. */
class DistributionLayoutIT {

    private static final String VERSION = Distribution.VERSION;

    private static final List<String> TREE = List.of(
            "flume-kafka/LICENSE",
            "flume-kafka/NOTICE",
            "flume-kafka/README.txt",
            "flume-kafka/bin/check",
            "flume-kafka/bin/takeover",
            "flume-kafka/drop-in/README.txt",
            "flume-kafka/kafka/flume-kafka-channel-" + VERSION + ".jar",
            "flume-kafka/kafka/flume-kafka-check-" + VERSION + ".jar",
            "flume-kafka/kafka/flume-kafka-common-" + VERSION + ".jar",
            "flume-kafka/kafka/flume-kafka-sink-" + VERSION + ".jar",
            "flume-kafka/kafka/flume-kafka-source-" + VERSION + ".jar",
            "flume-kafka/kafka/jackson-annotations-2.21.jar",
            "flume-kafka/kafka/jackson-core-2.21.8.jar",
            "flume-kafka/kafka/jackson-databind-2.21.8.jar",
            "flume-kafka/kafka/jose4j-0.9.7.jar",
            "flume-kafka/kafka/kafka-clients-4.4.0.jar",
            "flume-kafka/kafka/lz4-java-1.14.0.jar",
            "flume-kafka/kafka/snappy-java-1.1.10.12.jar",
            "flume-kafka/kafka/zstd-jni-1.5.7-28.jar",
            "flume-kafka/lib/flume-kafka-plugin-" + VERSION + ".jar",
            "flume-kafka/licenses/lz4.txt",
            "flume-kafka/licenses/protobuf.txt",
            "flume-kafka/licenses/snappy.txt",
            "flume-kafka/licenses/zstd-jni.txt",
            "flume-kafka/licenses/zstd.txt");

    private static final List<String> SBOM = List.of("flume-kafka/sbom.cdx.json");

    @TempDir
    private Path home;

    @Test
    void zipHasExactlyThisTree() throws Exception {
        unzip(home);

        List<String> sbom = Distribution.HAS_SBOM ? SBOM : List.of();
        assertThat(sums(home).keySet())
                .containsExactlyElementsOf(
                        Stream.of(TREE, sbom).flatMap(List::stream).toList());
    }

    @Test
    void tarHasTheSameFilesWithTheRightPermissions() throws Exception {
        Path zipped = Files.createDirectory(home.resolve("zip"));
        Path tarred = Files.createDirectory(home.resolve("tar"));
        unzip(zipped);

        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(open(".tar.gz")))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry.isDirectory(), tarred.resolve(entry.getName()), tar);
                boolean executable = entry.isDirectory() || entry.getName().startsWith("flume-kafka/bin/");
                assertThat(entry.getMode() & 0777).as(entry.getName()).isEqualTo(executable ? 0755 : 0644);
            }
        }

        assertThat(sums(tarred)).isEqualTo(sums(zipped));
    }

    @Test
    void noticeListsEveryThirdPartyJar() throws Exception {
        unzip(home);

        String notice = Files.readString(home.resolve("flume-kafka/NOTICE"));

        assertThat(TREE.stream()
                        .filter(file -> file.contains("/kafka/") && !file.contains("/flume-kafka-"))
                        .map(file -> file.substring(file.lastIndexOf('/') + 1)))
                .isNotEmpty()
                .allSatisfy(jar -> assertThat(notice).contains(jar + "\n"));
    }

    @Test
    void noJarHasClassesOfTheAgent() throws Exception {
        unzip(home);

        try (Stream<Path> jars = Files.list(home.resolve("flume-kafka/kafka"))) {
            assertThat(jars)
                    .isNotEmpty()
                    .allSatisfy(jar -> assertThat(entries(jar))
                            .noneMatch(entry -> entry.startsWith("org/slf4j/")
                                    || entry.startsWith("org/apache/logging/")
                                    || entry.startsWith("org/apache/log4j/")
                                    || entry.startsWith("org/apache/flume/")));
        }
    }

    private static void unzip(Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(open(".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                write(entry.isDirectory(), target.resolve(entry.getName()), zip);
            }
        }
    }

    private static InputStream open(String suffix) throws IOException {
        return new BufferedInputStream(Files.newInputStream(Distribution.archive(suffix)));
    }

    private static void write(boolean directory, Path path, InputStream content) throws IOException {
        Files.createDirectories(directory ? path : path.getParent());
        if (!directory) {
            Files.copy(content, path);
        }
    }

    private static List<String> entries(Path jar) throws IOException {
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(jar.toFile(), UTF_8)) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    /** Returns the digest of every file's content, by path. */
    private static Map<String, String> sums(Path folder) throws IOException, NoSuchAlgorithmException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                sums.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
            }
        }
        return sums;
    }
}
