// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.testing.HdfsMiniCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The single HDFS of this test JVM. The first test that needs it starts it. Each test uses its own path. */
final class SharedHdfs implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedHdfs.class);
    // Before the agent's first file, Hadoop's client must load.
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private @Nullable HdfsMiniCluster cluster;

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("shared", key -> HdfsMiniCluster.start(), HdfsMiniCluster.class);
    }

    /** Returns the start of {@code hdfs.path}, without a slash at the end. */
    String uri() {
        return running().uri();
    }

    /**
     * Waits until {@code count} lines are readable below a directory, including lines of files that are still open.
     */
    void awaitLines(String directory, int count) {
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> running().lines(directory).size(), lines -> lines >= count);
    }

    /** Returns the lines of all files below a directory, by path. */
    Map<String, List<String>> files(String directory) {
        Map<String, List<String>> files = new java.util.TreeMap<>();
        running()
                .files(directory)
                .forEach((path, content) -> files.put(path, content.lines().toList()));
        return files;
    }

    private HdfsMiniCluster running() {
        if (cluster == null) {
            throw new IllegalStateException("No HDFS runs yet: the field needs @RegisterExtension and static");
        }
        return cluster;
    }
}
