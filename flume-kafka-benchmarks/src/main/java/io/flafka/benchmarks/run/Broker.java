// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.run.Scenario.Route;
import io.flafka.testing.BrokerMain;
import io.flafka.testing.FreePort;
import io.flafka.testing.RuntimeClassPath;
import io.flafka.testing.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The single broker of a measurement, in a JVM with the compilers and the collector of a real broker (the tests'
 * brokers are tuned to start quickly). It has two addresses: loopback, and loopback through a relay.
 */
final class Broker implements AutoCloseable {
    private static final List<String> JVM =
            List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-Dlog4j2.configurationFile=broker-log4j2.properties");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration EACH_WAY = Duration.ofMillis(5);

    private final int port;
    private final Relay relay;
    private final TestProcess process;
    private final Path data;
    private final Map<String, String> settings;

    private Broker(int port, Relay relay, TestProcess process, Path data, Map<String, String> settings) {
        this.port = port;
        this.relay = relay;
        this.process = process;
        this.data = data;
        this.settings = settings;
    }

    /** Starts the broker with its data in a folder, and waits until it serves clients. */
    static Broker start(Path directory) throws IOException {
        int port = FreePort.find();
        int relayed = FreePort.find();
        Relay relay = Relay.to(relayed, EACH_WAY);
        Map<String, String> settings = settings(port, relayed, relay.port());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of(
                "-cp",
                RuntimeClassPath.named("kafka-4.4.0").classPathAfter(ClassPath.home(BrokerMain.class)),
                BrokerMain.class.getName(),
                directory.toString()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        Files.createDirectories(directory);
        TestProcess process = TestProcess.start("Kafka broker", command, Map.of(), directory.resolve("broker.log"));
        process.awaitLog("^READY ", START);
        settings.put("jvm", String.join(" ", JVM));
        // Reports the type of the file system, which describes the machine. The path differs with each measurement.
        settings.put("log.dirs", "on " + Files.getFileStore(directory).type());
        return new Broker(port, relay, process, directory.resolve("data"), settings);
    }

    private static Map<String, String> settings(int port, int relayed, int relay) {
        int controller = FreePort.find();
        Map<String, String> settings = new TreeMap<>();
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,RELAYED://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port, relayed, controller));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:%d,RELAYED://127.0.0.1:%d".formatted(port, relay));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,RELAYED:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.quorum.voters", "0@127.0.0.1:" + controller);
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("num.partitions", "4");
        // Nothing is deleted by age or size during the measurement. The memory of a deleted topic is freed soon.
        settings.put("log.retention.ms", "-1");
        settings.put("log.segment.bytes", "268435456");
        // Enough for a segment. With Kafka's 10 MB, the first entry in each index made a kernel with a large read-ahead
        // fill 10 MB with zeros.
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("log.segment.delete.delay.ms", "1000");
        // Kafka deletes nothing in its first 30 s otherwise, and each run waits until the topics of the last one are
        // deleted.
        settings.put("log.initial.task.delay.ms", "0");
        settings.put("log.cleaner.enable", "false");
        settings.put("message.max.bytes", "8388608");
        return settings;
    }

    String bootstrap(Route route) {
        return "127.0.0.1:" + (route == Route.RELAYED ? relay.port() : port);
    }

    /** Returns the folder with the logs of the partitions. */
    Path data() {
        return data;
    }

    long pid() {
        return process.pid();
    }

    /** Returns the JVM options and the settings that differ from Kafka's defaults. */
    Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() throws IOException {
        process.close();
        relay.close();
    }
}
