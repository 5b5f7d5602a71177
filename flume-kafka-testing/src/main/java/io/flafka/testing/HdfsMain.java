// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of a forked HDFS, one NameNode and one DataNode:
 * {@code java -cp <this module>:<runtimes/hadoop-hdfs/target/classpath> io.flafka.testing.HdfsMain <directory>}.
 * It prints {@code READY <hdfs port> <http port>}, and ends on SIGTERM or when its standard input ends.
 *
 * <p>Hadoop is reached by reflection: this module's class path does not have it.
 */
public final class HdfsMain {
    private HdfsMain() {}

    /** Runs until stopped. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("Usage: HdfsMain <directory>");
        }
        Path directory = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int port = FreePort.find();
        int httpPort = FreePort.find();
        start(directory, port, httpPort);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.append("READY ").append(port + " " + httpPort).append(System.lineSeparator());
        out.flush();
        System.in.transferTo(OutputStream.nullOutputStream());
        // The data is thrown away: nothing is gained by an orderly shutdown.
        Runtime.getRuntime().halt(0);
    }

    private static void start(Path directory, int port, int httpPort) throws ReflectiveOperationException {
        Class<?> configurationType = Class.forName("org.apache.hadoop.conf.Configuration");
        Object configuration = configurationType.getConstructor().newInstance();
        Method set = configurationType.getMethod("set", String.class, String.class);
        set.invoke(configuration, "hdfs.minidfs.basedir", directory.toString());
        // Any user may write: the agent's user has no directory of its own here.
        set.invoke(configuration, "dfs.permissions.enabled", "false");
        set.invoke(configuration, "dfs.namenode.fs-limits.min-block-size", "0");
        Class<?> builderType = Class.forName("org.apache.hadoop.hdfs.MiniDFSCluster$Builder");
        Object builder = builderType.getConstructor(configurationType).newInstance(configuration);
        builderType.getMethod("nameNodePort", int.class).invoke(builder, port);
        builderType.getMethod("nameNodeHttpPort", int.class).invoke(builder, httpPort);
        builderType.getMethod("numDataNodes", int.class).invoke(builder, 1);
        Object cluster = builderType.getMethod("build").invoke(builder);
        cluster.getClass().getMethod("waitActive").invoke(cluster);
    }
}
