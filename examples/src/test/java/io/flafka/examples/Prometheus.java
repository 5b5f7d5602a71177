// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flafka.testing.FreePort;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Prometheus that reads agents each second and judges the alerts four times a second. It needs the program: the one on the {@code PATH}, or Debian's, which
 * {@code monitoring/prometheus.sh} unpacks.
 */
final class Prometheus implements AutoCloseable {
    private static final Path UNPACKED =
            Path.of(System.getProperty("examples.directory", ""), "target/prometheus/usr/bin/prometheus");
    private static final String CONFIGURATION = """
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
              evaluation_interval: 250ms
            rule_files:
              - alerts.yml
            scrape_configs:
              - job_name: flume
                static_configs:
                  - targets: [%s]
            """;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestDirectory directory = TestDirectory.create("prometheus");
    private final int port = FreePort.find();
    private final TestProcess process;

    private Prometheus(Path program, List<JmxExporter> agents, String alerts) {
        String targets =
                agents.stream().map(agent -> '"' + agent.target() + '"').collect(Collectors.joining(", "));
        Path configuration = write("prometheus.yml", CONFIGURATION.formatted(targets));
        write("alerts.yml", alerts);
        process = TestProcess.start(
                "Prometheus",
                List.of(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.path().resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port),
                Map.of(),
                directory.path().resolve("prometheus.log"));
    }

    /** Returns the program. Without it, the test is skipped, and says so. */
    static Path programOrSkip() {
        Optional<Path> program = program();
        assumeThat(program)
                .as("NOT TESTED: the alerts need Prometheus, which examples/monitoring/prometheus.sh gets on Debian")
                .isPresent();
        return program.orElseThrow();
    }

    private static Optional<Path> program() {
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "prometheus"));
        return Stream.concat(onPath, Stream.of(UNPACKED))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it and waits until it answers. */
    static Prometheus start(Path program, List<JmxExporter> agents, String alerts) {
        Prometheus started = new Prometheus(program, agents, alerts);
        try {
            started.process.awaitLog("Server is ready to receive web requests", START_TIMEOUT);
            return started;
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
    }

    /**
     * Returns the time series that a query finds now, as their labels.
     *
     * @throws AssertionError if it does not understand the query
     */
    List<Map<String, String>> query(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return StreamSupport.stream(answer.at("/data/result").spliterator(), false)
                .map(series -> labels(series.get("metric")))
                .toList();
    }

    private static Map<String, String> labels(JsonNode metric) {
        return metric.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().asText()));
    }

    private JsonNode get(String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            // A refused query has its reason in the body.
            try (InputStream in = connection.getResponseCode() == HttpURLConnection.HTTP_OK
                    ? connection.getInputStream()
                    : connection.getErrorStream()) {
                return JSON.readTree(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String file, String text) {
        try {
            return Files.writeString(directory.path().resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        directory.close();
    }
}
