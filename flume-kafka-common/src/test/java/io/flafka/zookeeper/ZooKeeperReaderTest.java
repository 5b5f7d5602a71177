// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Flume installation without ZooKeeper's client in its {@code lib}. */
class ZooKeeperReaderTest {

    @Test
    void reportsThatFlumesLibHasNoZooKeeperClient() throws Exception {
        try (URLClassLoader agent =
                new URLClassLoader(classPathWithoutZooKeeper(), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = agent.loadClass(ZooKeeperUse.class.getName());
            Object use = type.getConstructor(Optional.class, Optional.class)
                    .newInstance(Optional.of("zk:2181"), Optional.empty());
            Method lookUp = type.getMethod("lookUpBrokers", String.class);

            assertThatThrownBy(() -> lookUp.invoke(use, "KafkaSource r1"))
                    .cause()
                    // The JVM chooses which missing class it loads first.
                    .hasMessageMatching("cannot find the Kafka brokers: the ZooKeeper client is not in Flume's lib"
                            + " \\(class org/apache/zookeeper/\\S+ is missing\\)\\. Set kafka.bootstrap.servers, and keep"
                            + " zookeeperConnect only to migrate the offsets of the group");
        }
    }

    private static URL[] classPathWithoutZooKeeper() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (!entry.contains("zookeeper-")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
