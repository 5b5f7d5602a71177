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

/** The one HDFS of this test JVM, begun with the first test that needs it; every test has a path of its own. */
final class SharedHdfs implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedHdfs.class);
    // The first file of an agent waits for Hadoop's client to load.
    private static final Duration TIMEOUT = Duration.ofSeconds(45);

    private @Nullable HdfsMiniCluster cluster;

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("shared", key -> HdfsMiniCluster.start(), HdfsMiniCluster.class);
    }

    /** What {@code hdfs.path} begins with, without a slash at the end. */
    String uri() {
        return running().uri();
    }

    /** Waits until that many lines can be read below a directory; a file that is being written counts. */
    void awaitLines(String directory, int count) {
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> running().lines(directory).size(), lines -> lines >= count);
    }

    /** The lines of every file below a directory, by the file's path. */
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
