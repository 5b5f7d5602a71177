// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.ZooKeeperNode;
import io.flafka.testing.ZooKeeperWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a real ZooKeeper, and with servers that are not ZooKeeper. No thread may be left. */
@Timeout(60)
class ZooKeeperSessionIT {

    @RegisterExtension
    static final KafkaBrokerExtension WITHOUT_ZOOKEEPER = KafkaBrokerExtension.shared();

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static ZooKeeperNode zookeeper;

    @BeforeAll
    static void startZooKeeper() {
        zookeeper = ZooKeeperNode.start("kafka-2.8.2", directory);
        try (ZooKeeperWriter writer = ZooKeeperWriter.connect(zookeeper.address())) {
            writer.write("/kafka/consumers/g/offsets/t/0", "7");
            writer.write("/kafka/consumers/g/offsets/t/1", "8");
        }
    }

    @AfterAll
    static void stopZooKeeper() {
        zookeeper.close();
    }

    @AfterEach
    void noThreadIsLeft() {
        LiveThreads.assertNoneNamed("-SendThread(");
        LiveThreads.assertNoneNamed("-EventThread");
    }

    @Test
    void readsBelowThePathOfTheAddress() throws Exception {
        try (ZooKeeperReader reader = ZooKeeperSession.open(zookeeper.address() + "/kafka", TIMEOUT)) {
            assertThat(reader.children("/consumers/g/offsets/t")).containsExactlyInAnyOrder("0", "1");
            assertThat(reader.text("/consumers/g/offsets/t/0")).contains("7");
            assertThat(reader.children("/brokers/ids")).isEmpty();
            assertThat(reader.text("/consumers/g/offsets/t/2")).isEmpty();
        }
    }

    @Test
    void givesUpIfNothingListensOrTheServerIsAKafkaBroker() {
        List<String> addresses = List.of("127.0.0.1:" + FreePort.find(), WITHOUT_ZOOKEEPER.bootstrapServers());

        // In parallel, because each takes 2 s.
        List<CompletableFuture<String>> ends = addresses.stream()
                .map(address -> CompletableFuture.supplyAsync(() -> reasonAt(address)))
                .toList();

        assertThat(ends)
                .extracting(CompletableFuture::join)
                .containsExactlyElementsOf(addresses.stream()
                        .map(address -> "ZooKeeper " + address + " does not answer within 2 s")
                        .toList());
    }

    @Test
    void givesUpIfTheHostNameDoesNotResolve() {
        assertThatThrownBy(() -> ZooKeeperSession.open("zk.invalid:2181", TIMEOUT))
                .isInstanceOf(ZooKeeperException.class)
                .hasMessageStartingWith("ZooKeeper zk.invalid:2181 ");
    }

    @Test
    void givesUpIfTheServerStopsAnswering() throws Exception {
        try (ZooKeeperReader reader = ZooKeeperSession.open(zookeeper.address(), TIMEOUT)) {
            zookeeper.freeze();
            assertThatThrownBy(() -> reader.text("/kafka"))
                    .isInstanceOf(ZooKeeperException.class)
                    .hasMessageStartingWith("ZooKeeper " + zookeeper.address() + ": KeeperErrorCode = ConnectionLoss");
        } finally {
            zookeeper.thaw();
        }
    }

    @Test
    void anInterruptEndsTheConnectAndKeepsTheFlag() {
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(() -> {
            Thread.currentThread().interrupt();
            try {
                ZooKeeperSession.open("127.0.0.1:" + FreePort.find(), TIMEOUT).close();
                return false;
            } catch (InterruptException stopping) {
                return Thread.interrupted();
            } catch (ZooKeeperException other) {
                return false;
            }
        });

        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
    }

    private static String reasonAt(String address) {
        try (ZooKeeperReader reader = ZooKeeperSession.open(address, Duration.ofSeconds(2))) {
            return "connected: " + reader;
        } catch (ZooKeeperException failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
