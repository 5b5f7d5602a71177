// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flume's HDFS sink writes to a real HDFS: netcat to files. */
@Tag("full")
class HdfsMiniClusterIT {
    @TempDir
    Path directory;

    @Test
    void returnsTheContentThatFlumesHdfsSinkWrote() throws Exception {
        FlumeHome home = FlumeHome.withoutStockKafka(directory.resolve("flume"));
        int port = FreePort.find();
        try (HdfsMiniCluster hdfs = HdfsMiniCluster.start();
                AgentProcess agent = AgentCommand.of(home, "a1", properties(port, hdfs))
                        .withRuntime("hadoop-client")
                        .start();
                NetcatClient client = NetcatClient.connect(port)) {
            client.send("one", "two", "three");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(hdfs.lines("/flume")).containsExactly("one", "two", "three"));
            agent.stop();

            assertThat(hdfs.files("/flume").keySet())
                    .singleElement()
                    .asString()
                    .startsWith("/flume/a b/events.")
                    .endsWith(".csv");
            assertThat(hdfs.files("/nowhere")).isEmpty();
        }
    }

    private static String properties(int port, HdfsMiniCluster hdfs) {
        return """
                a1.sources = r1
                a1.channels = c1
                a1.sinks = k1
                a1.sources.r1.type = netcat
                a1.sources.r1.bind = 127.0.0.1
                a1.sources.r1.port = %d
                a1.sources.r1.channels = c1
                a1.channels.c1.type = memory
                a1.sinks.k1.type = hdfs
                a1.sinks.k1.channel = c1
                a1.sinks.k1.hdfs.path = %s/flume/a b
                a1.sinks.k1.hdfs.filePrefix = events
                a1.sinks.k1.hdfs.fileSuffix = .csv
                a1.sinks.k1.hdfs.fileType = DataStream
                a1.sinks.k1.hdfs.rollCount = 3
                """.formatted(port, hdfs.uri());
    }
}
