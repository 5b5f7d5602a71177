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

/** A Flume home whose {@code lib} has no ZooKeeper. */
class ZooKeeperReaderTest {

    @Test
    void saysThatFlumesLibHasNoZooKeeper() throws Exception {
        try (URLClassLoader agent =
                new URLClassLoader(classPathWithoutZooKeeper(), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = agent.loadClass(ZooKeeperUse.class.getName());
            Object use = type.getConstructor(Optional.class, Optional.class)
                    .newInstance(Optional.of("zk:2181"), Optional.empty());
            Method lookUp = type.getMethod("lookUpBrokers", String.class);

            assertThatThrownBy(() -> lookUp.invoke(use, "KafkaSource r1"))
                    .cause()
                    // Which one is asked for first is the JVM's choice.
                    .hasMessageMatching(
                            "KafkaSource r1: does not know its brokers: the ZooKeeper client is not in Flume's lib"
                                    + " \\(class org/apache/zookeeper/\\S+ is missing\\)\\. Write kafka.bootstrap.servers instead of"
                                    + " zookeeperConnect");
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
