// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.testing.FreePort;
import io.prometheus.jmx.JavaAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Prometheus JMX exporter in the JVM of an agent, with the rules of the example {@code monitoring}.
 *
 * @param port where it shows the agent's metrics
 */
record JmxExporter(int port) {
    private static final Pattern SAMPLE = Pattern.compile("^([a-z]\\w+)[{ ]", Pattern.MULTILINE);

    static JmxExporter onFreePort() {
        return new JmxExporter(FreePort.find());
    }

    /** Lets an agent start with the exporter, as its README says. */
    ExampleAgent in(ExampleAgent agent) {
        return agent.withFlumeEnv("export JAVA_OPTS=\"$JAVA_OPTS -javaagent:%s=127.0.0.1:%d:%s\"%n"
                .formatted(jar(), port, MonitoringFiles.exporterRules()));
    }

    /** Returns the address in Prometheus' file. */
    String target() {
        return "127.0.0.1:" + port;
    }

    /** Returns everything that it shows, in Prometheus' text format. */
    String read() {
        try (InputStream in =
                URI.create("http://" + target() + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the names of all metrics that it shows. */
    Set<String> metrics() {
        return SAMPLE.matcher(read())
                .results()
                .map(sample -> sample.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path jar() {
        try {
            return Path.of(JavaAgent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
