// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.testing.FreePort;
import io.flafka.testing.TestProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real registry of schemas (Apicurio), which keeps them over a restart. For one thread. */
final class SchemaRegistry implements AutoCloseable {
    private static final Path BUILT = Path.of(System.getProperty("examples.directory", ""), "schema-registry/target");
    private static final Path PROGRAM = BUILT.resolve("registry");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int port = FreePort.find();
    private final Path directory;
    private TestProcess process;

    private SchemaRegistry(Path directory) {
        this.directory = directory;
        this.process = launch();
    }

    /** Starts it, and waits until it serves clients. */
    static SchemaRegistry in(Path directory) {
        SchemaRegistry registry = new SchemaRegistry(directory);
        registry.awaitStarted();
        return registry;
    }

    /** Returns the jars that an operator copies to {@code drop-in}. */
    static List<Path> jarsForDropIn() {
        return jars(BUILT.resolve("drop-in"));
    }

    /** Returns these jars for a class loader. */
    static URL[] urlsForDropIn() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jarsForDropIn()) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Returns the folder of these jars. */
    static Path dropIn() {
        return BUILT.resolve("drop-in");
    }

    /** Returns these jars as a class path. */
    static String classPath() {
        return jarsForDropIn().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestProcess launch() {
        return TestProcess.start(
                "registry",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx300m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + directory.resolve("schemas"),
                        "-jar",
                        jars(PROGRAM).get(0).toString()),
                Map.of(),
                directory.resolve("registry.log"));
    }

    private void awaitStarted() {
        process.awaitLog("Listening on: ", PATIENCE);
    }

    /** Returns its address, as an agent file has it. */
    String url() {
        return "http://127.0.0.1:" + port + "/apis/registry/v2";
    }

    void stop() {
        process.stop(PATIENCE);
    }

    /** Starts it again, with the same schemas. */
    void startAgain() {
        process.close();
        process = launch();
        awaitStarted();
    }

    @Override
    public void close() {
        process.close();
    }
}
