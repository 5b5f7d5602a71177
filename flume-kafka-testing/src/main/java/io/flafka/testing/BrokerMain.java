// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.LoggerFactory;

/**
 * The main class of a forked Kafka node, for JUnit and for scripts: {@code java -cp <this
 * module>:<runtimes/kafka-4.4.0/target/classpath> io.flafka.testing.BrokerMain <directory> [name=value]...}.
 *
 * <p>It starts the node that {@code <directory>/server.properties} describes. Without that file it starts a single
 * broker on a free port, with the given server properties added. Then it prints {@code READY <bootstrap servers>}. It
 * stops on SIGTERM or at the end of its standard input, so it never outlives the program that started it. The broker
 * logs to standard error.
 *
 * <p>A server property that begins with {@link #SYSTEM} becomes a system property of the JVM.
 *
 * <p>Kafka's server is called by reflection, because it is not on this module's class path.
 */
public final class BrokerMain {
    /** The prefix of server properties that become system properties. */
    public static final String SYSTEM = "flafka.system.";

    // Any fixed id works; all nodes of a cluster must have the same.
    private static final String CLUSTER_ID = "flafkaTestClusterAAAAA";

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("Usage: BrokerMain <directory> [name=value]...");
        }
        // Set before the first logger is created, so that the log goes to standard error.
        System.getProperties().putIfAbsent("log4j2.configurationFile", "broker-log4j2.properties");
        Path directory = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        Path file = directory.resolve("server.properties");
        if (!Files.exists(file)) {
            write(single(directory, List.of(arguments).subList(1, arguments.length)), file);
        }
        Properties properties = read(file);
        setSystemProperties(properties);
        if (hasController(properties)
                && !Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
            format(file);
        }
        Runnable shutdown = startOrExit(properties);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "stop-broker"));
        announce(properties.getProperty("advertised.listeners", properties.getProperty("listeners")));
        // Standard input carries no commands; only its end matters.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    static void write(Map<String, String> properties, Path file) throws IOException {
        Properties written = new Properties();
        written.putAll(properties);
        try (OutputStream out = Files.newOutputStream(file)) {
            written.store(out, null);
        }
    }

    private static Map<String, String> single(Path directory, List<String> additions) {
        Map<String, String> properties = NodeProperties.single(directory, FreePort.find(), FreePort.find());
        for (String addition : additions) {
            String[] parts = addition.split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("Expected name=value, but got " + addition);
            }
            properties.put(parts[0], parts[1]);
        }
        return properties;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }

    private static void setSystemProperties(Properties properties) {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(SYSTEM)) {
                System.setProperty(name.substring(SYSTEM.length()), properties.getProperty(name));
            }
        }
    }

    private static void format(Path file) throws ReflectiveOperationException {
        PrintStream log = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Object code = Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, new String[] {"format", "--cluster-id", CLUSTER_ID, "--config", file.toString()}, log);
        if (!Integer.valueOf(0).equals(code)) {
            throw new IllegalStateException("Formatting the storage failed with code " + code);
        }
    }

    /** A broker that cannot start leaves threads that would keep this process alive. */
    private static Runnable startOrExit(Properties properties) {
        try {
            return start(properties);
        } catch (ReflectiveOperationException failed) {
            LoggerFactory.getLogger(BrokerMain.class).error("The broker cannot start", failed);
            System.exit(1);
            throw new IllegalStateException(failed);
        }
    }

    /** Starts the node and returns when it serves clients. The result stops it. */
    private static Runnable start(Properties properties) throws ReflectiveOperationException {
        Object config = Class.forName("kafka.server.KafkaConfig")
                .getConstructor(Map.class)
                .newInstance(properties);
        Class<?> type =
                Class.forName(hasController(properties) ? "kafka.server.KafkaRaftServer" : "kafka.server.KafkaServer");
        Object server = create(type, config);
        type.getMethod("startup").invoke(server);
        return () -> {
            try {
                type.getMethod("shutdown").invoke(server);
            } catch (IllegalAccessException | NoSuchMethodException | InvocationTargetException e) {
                throw new IllegalStateException("The broker did not shut down", e);
            }
        };
    }

    /**
     * The constructor's later parameters differ between versions: a clock, and parameters that have a default in Scala.
     */
    private static Object create(Class<?> type, Object config) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getConstructors()[0];
        Class<?>[] parameters = constructor.getParameterTypes();
        Object[] values = new Object[parameters.length];
        values[0] = config;
        for (int i = 1; i < values.length; i++) {
            values[i] = parameters[i].getName().equals("org.apache.kafka.common.utils.Time")
                    ? parameters[i].getField("SYSTEM").get(null)
                    : type.getMethod("$lessinit$greater$default$" + (i + 1)).invoke(null);
        }
        return constructor.newInstance(values);
    }

    /** Returns whether the cluster has its own controllers (KRaft) instead of ZooKeeper. */
    private static boolean hasController(Properties properties) {
        return properties.containsKey("process.roles");
    }

    private static void announce(String listeners) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.append("READY ").append(listeners.replaceAll("[A-Z_]+://", "")).append(System.lineSeparator());
        out.flush();
    }
}
