// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of a forked ZooKeeper with one server: {@code java -cp <this
 * module>:<runtimes/kafka-2.8.2/target/classpath> io.flafka.testing.ZooKeeperMain <directory> <port>}. It prints {@code
 * READY <address>}. It stops on SIGTERM or at the end of its standard input; its data is then on disk.
 *
 * <p>ZooKeeper's server is called by reflection, because it is not on this module's class path.
 */
public final class ZooKeeperMain {
    private static final int TICK_MILLIS = 1000;
    private static final int CONNECTIONS = 100;

    private ZooKeeperMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("Usage: ZooKeeperMain <directory> <port>");
        }
        // Set before the first logger is created, so that the log goes to standard error.
        System.getProperties().putIfAbsent("log4j2.configurationFile", "broker-log4j2.properties");
        Path data = Files.createDirectories(Path.of(arguments[0], "data")).toAbsolutePath();
        int port = Integer.parseInt(arguments[1]);
        start(data.toFile(), port);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.append("READY ").append(NodeProperties.bootstrap(port)).append(System.lineSeparator());
        out.flush();
        // Standard input carries no commands; only its end matters.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    /** Starts the server and returns when it accepts connections. */
    private static void start(File data, int port) throws ReflectiveOperationException {
        Class<?> serverType = Class.forName("org.apache.zookeeper.server.ZooKeeperServer");
        Object server =
                serverType.getConstructor(File.class, File.class, int.class).newInstance(data, data, TICK_MILLIS);
        Class<?> connectionsType = Class.forName("org.apache.zookeeper.server.ServerCnxnFactory");
        Object connections = connectionsType
                .getMethod("createFactory", InetSocketAddress.class, int.class)
                .invoke(null, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTIONS);
        connectionsType.getMethod("startup", serverType).invoke(connections, server);
    }
}
