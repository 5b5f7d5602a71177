// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/flume-ng}, run with its dry-run option. */
class FlumeScriptTest {
    private static final String CLASS = " org.apache.flume.node.Application ";

    @TempDir
    Path directory;

    private Path home;
    private FlumeHome flume;

    @BeforeEach
    void makeHome() throws IOException {
        home = directory.toRealPath().resolve("flume");
        flume = FlumeHome.withoutStockKafka(home);
        Files.createDirectories(home.resolve("plugins.d/a/libext"));
        Files.createDirectories(home.resolve("plugins.d/a/native"));
        Files.createDirectories(home.resolve("plugins.d/b/lib"));
        Files.createDirectories(home.resolve("plugins.d/b/libext"));
        Files.createDirectories(home.resolve("plugins.d/c/lib"));
        Files.createDirectories(home.resolve("plugins.d/c/kafka"));
    }

    @Test
    void buildsTheClassPathInFlumesOrder() throws Exception {
        Files.writeString(
                flume.conf().resolve("flume-env.sh"), "FLUME_CLASSPATH=/from/env.jar\nJAVA_OPTS='-Xmx50m -Da=b'\n");

        String line =
                run("agent", "-n", "a1", "-c", home + "/conf", "-f", "x.properties", "-C", "/given.jar:/more/*", "-d");

        assertThat(line)
                .isEqualTo(javaHome() + "/bin/java -Xmx50m -Da=b -cp "
                        + home + "/conf:" + home + "/lib/*:/given.jar:/more/*:/from/env.jar:"
                        + home + "/plugins.d/b/lib/*:" + home + "/plugins.d/c/lib/*:"
                        + home + "/plugins.d/a/libext/*:" + home + "/plugins.d/b/libext/*"
                        + " -Djava.library.path=" + home + "/plugins.d/a/native" + CLASS
                        + "-n a1 -f x.properties");
    }

    @Test
    void acceptsLongOptionsJvmOptionsAndOtherPluginFolders() throws Exception {
        Path other = directory.toRealPath().resolve("other");
        Files.createDirectories(other.resolve("p/lib"));

        String line = run(
                "agent",
                "--name",
                "a1",
                "--conf-file",
                "x.properties",
                "--plugins-path",
                "/none:" + other,
                "-Dx=y z",
                "-Xmx99m",
                "--no-reload-conf",
                "--dryrun");

        assertThat(line)
                .isEqualTo(javaHome() + "/bin/java -Xmx20m -Dx=y z -Xmx99m -cp " + home + "/lib/*:" + other + "/p/lib/*"
                        + " -Djava.library.path=" + CLASS + "--name a1 --conf-file x.properties --no-reload-conf");
    }

    @Test
    void rejectsAnOptionWithoutItsValue() throws Exception {
        assertThat(run("agent", "-n")).isEqualTo("flume-ng: option -n needs a value");
    }

    private String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(flume.script().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("FLUME_HOME");
        builder.environment().put("JAVA_HOME", javaHome());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        process.waitFor();
        return output;
    }

    private static String javaHome() {
        return System.getProperty("java.home");
    }
}
