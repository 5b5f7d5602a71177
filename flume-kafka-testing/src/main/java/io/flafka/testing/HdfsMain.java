// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of a forked HDFS with one NameNode and one DataNode: {@code java -cp <this
 * module>:<runtimes/hadoop-hdfs/target/classpath> io.flafka.testing.HdfsMain <directory>}. It prints {@code READY <hdfs
 * port> <http port>}. It stops on SIGTERM or at the end of its standard input.
 *
 * <p>Hadoop is called by reflection, because it is not on this module's class path.
 */
public final class HdfsMain {
    private HdfsMain() {}

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
        // The data is deleted, so an orderly shutdown would gain nothing.
        Runtime.getRuntime().halt(0);
    }

    private static void start(Path directory, int port, int httpPort) throws ReflectiveOperationException {
        Class<?> configurationType = Class.forName("org.apache.hadoop.conf.Configuration");
        Object configuration = configurationType.getConstructor().newInstance();
        Method set = configurationType.getMethod("set", String.class, String.class);
        set.invoke(configuration, "hdfs.minidfs.basedir", directory.toString());
        // The agent's user has no home directory here, so every user may write.
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
