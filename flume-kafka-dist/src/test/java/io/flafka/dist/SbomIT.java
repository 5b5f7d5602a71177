// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of components in the zip (SBOM): it names the jars of the zip and nothing else. */
class SbomIT {
    private FileSystem zip;
    private JsonNode sbom;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Distribution.HAS_SBOM, "Maven makes no list of components with -o");
        zip = FileSystems.newFileSystem(Distribution.archive(".zip"));
        sbom = new ObjectMapper().readTree(Files.readAllBytes(zip.getPath("flume-kafka/sbom.cdx.json")));
    }

    @AfterEach
    void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }

    @Test
    void listsExactlyTheJarsOfTheZipWithTheirHashes() throws Exception {
        assertThat(listed()).isEqualTo(present()).hasSizeGreaterThan(10);
    }

    @Test
    void givesEachJarALicenceAndAnAddressThatScannersUnderstand() {
        assertThat(components()).allSatisfy(component -> {
            assertThat(component
                            .path("licenses")
                            .path(0)
                            .path("license")
                            .path("id")
                            .asText())
                    .as("licence of %s", component.path("name"))
                    .isIn("Apache-2.0", "BSD-2-Clause");
            assertThat(component.path("purl").asText())
                    .isEqualTo(
                            "pkg:maven/%s/%s@%s?type=jar",
                            text(component, "group"), text(component, "name"), text(component, "version"));
        });
    }

    @Test
    void hasNothingThatDiffersInEveryBuild() {
        assertThat(sbom.has("serialNumber")).isFalse();
        assertThat(sbom.path("metadata").has("timestamp")).isFalse();
    }

    /** Returns the hashes that the list has, by file name. */
    private Map<String, String> listed() {
        Map<String, String> hashes = new TreeMap<>();
        for (JsonNode component : components()) {
            String jar = text(component, "name") + "-" + text(component, "version") + ".jar";
            elements(component.path("hashes"))
                    .filter(hash -> text(hash, "alg").equals("SHA-256"))
                    .forEach(hash -> hashes.put(jar, text(hash, "content")));
        }
        return hashes;
    }

    /** Returns the hashes of the jars in the zip, by file name. */
    private Map<String, String> present() throws IOException, NoSuchAlgorithmException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(zip.getPath("flume-kafka"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                hashes.put(file.getFileName().toString(), HexFormat.of().formatHex(digest));
            }
        }
        return hashes;
    }

    private List<JsonNode> components() {
        return elements(sbom.path("components")).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
