// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An agent file for the Kafka of a cloud provider, in {@code examples/cloud}. Only tests with the provider's account
 * could use it as it is; these tests put a local address and local certificates into a copy.
 *
 * @param path the file
 */
record CloudFile(Path path) {
    /** The values of the secrets that the files take from the environment. */
    static final Map<String, String> SECRETS = Map.of(
            // As in a JAAS line: with a quotation mark and a backslash.
            "CKAFKA_PASSWORD", "correct $1 \\\"horse\\\" \\\\ battery",
            "EVENT_HUBS_CONNECTION_STRING",
                    "Endpoint=sb://namespace.example/;SharedAccessKeyName=k;SharedAccessKey=aB/+=",
            "CONFLUENT_API_SECRET", "cflt/aB+0",
            "AIVEN_PASSWORD", "AVNS_aB-0",
            "KEYSTORE_PASSWORD", LocalCertificates.PASSWORD);

    private static final Path CLOUD = Path.of(System.getProperty("examples.directory", ""), "cloud");
    private static final PathMatcher AGENT_FILE = FileSystems.getDefault().getPathMatcher("glob:agent*.properties");

    static List<CloudFile> all() {
        try (Stream<Path> files = Files.walk(CLOUD)) {
            return files.filter(file -> AGENT_FILE.matches(file.getFileName()))
                    .sorted()
                    .map(CloudFile::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path readme() {
        return path.resolveSibling("README.md");
    }

    /** Returns the file as committed. */
    AgentFile agentFile() {
        try {
            return new AgentFile(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a copy with the paths of certificates that exist. */
    AgentFile withFilesIn(LocalCertificates certificates) {
        return new AgentFile(agentFile().text().replace("/etc/flume/", certificates.directory() + "/"));
    }

    /** Returns a copy for brokers on this machine, and with certificates that exist. */
    AgentFile agentFileFor(String brokers, LocalCertificates certificates) {
        return new AgentFile(
                withFilesIn(certificates).text().replaceAll("(?m)(kafka\\.bootstrap\\.servers = ).*$", "$1" + brokers));
    }

    @Override
    public String toString() {
        return CLOUD.relativize(path).toString();
    }
}
