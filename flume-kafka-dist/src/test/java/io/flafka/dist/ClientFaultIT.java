// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.CompiledJar;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TlsCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator reads in a real agent's log, next to the stock Kafka jars, if a Kafka client cannot connect or
 * cannot be created because of a setting.
 */
class ClientFaultIT {

    private static final String AGENT_FILE = """
            a.sources = lines puts stranger lacking plain
            a.channels = memory kept broken
            a.sinks = write choosy take idle
            a.channels.memory.type = memory
            a.sources.lines.type = netcat
            a.sources.lines.bind = 127.0.0.1
            a.sources.lines.port = %3$d
            a.sources.lines.channels = memory
            a.sources.puts.type = netcat
            a.sources.puts.bind = 127.0.0.1
            a.sources.puts.port = %4$d
            a.sources.puts.channels = kept
            a.sinks.write.type = io.flafka.KafkaSink
            a.sinks.write.kafka.topic = t
            a.sinks.write.channel = memory
            %5$sa.channels.kept.type = io.flafka.KafkaChannel
            a.channels.kept.kafka.topic = t
            %6$sa.sinks.take.type = logger
            a.sinks.take.channel = kept
            a.sources.stranger.type = io.flafka.KafkaSource
            a.sources.stranger.kafka.bootstrap.servers = %1$s
            a.sources.stranger.kafka.topics = t
            a.sources.stranger.kafka.client.security.protocol = SSL
            a.sources.stranger.batchSize = 100
            a.sources.stranger.channels = memory
            a.sinks.choosy.type = io.flafka.KafkaSink
            a.sinks.choosy.kafka.bootstrap.servers = 127.0.0.1:1
            a.sinks.choosy.kafka.topic = t
            a.sinks.choosy.kafka.producer.partitioner.class = com.example.Chooser
            a.sinks.choosy.channel = memory
            a.sources.lacking.type = io.flafka.KafkaSource
            a.sources.lacking.kafka.bootstrap.servers = 127.0.0.1:1
            a.sources.lacking.kafka.topics = t
            a.sources.lacking.kafka.client.sasl.login.callback.handler.class = no.such.Handler
            a.sources.lacking.batchSize = 100
            a.sources.lacking.channels = memory
            a.sources.plain.type = io.flafka.KafkaSource
            a.sources.plain.kafka.bootstrap.servers = %1$s
            a.sources.plain.kafka.topics = t
            a.sources.plain.batchSize = 100
            a.sources.plain.channels = memory
            a.channels.broken.type = io.flafka.KafkaChannel
            a.channels.broken.kafka.bootstrap.servers = 127.0.0.1:1
            a.channels.broken.kafka.topic = t2
            a.channels.broken.kafka.client.sasl.login.callback.handler.class = no.such.Handler
            a.sinks.idle.type = logger
            a.sinks.idle.channel = broken
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NOT_FOR_HOST =
            "the broker's certificate is not for the host '127.0.0.1' that this client"
                    + " connects to (No subject alternative names matching IP address 127.0.0.1 found); use a host name of the certificate in"
                    + " kafka.bootstrap.servers and in the brokers' advertised.listeners, or set kafka.client.ssl.disableTLSHostnameVerification"
                    + " = true";
    private static final String UNKNOWN_AUTHORITY =
            "this client does not trust the broker's certificate: no authority in its trust store"
                    + " has signed it (unable to find valid certification path to requested target); add the authority's certificate to the file of"
                    + " kafka.client.ssl.truststore.location";
    private static final String ACTION_REQUIRED = "; operator action required; retrying";

    @TempDir
    private static Path directory;

    @Test
    void eachComponentReportsTheCauseAndTheSetting() throws Exception {
        TlsCertificates certificates = TlsCertificates.createIn(directory);
        FlumeHome home = Distribution.installedIn(FlumeHome.withStockKafka(directory));
        Path chooser = chooser().writeTo(home.lib().resolve("chooser.jar"));
        int linesPort = FreePort.find();
        int putsPort = FreePort.find();

        try (TlsPort broker = new TlsPort(certificates);
                AgentProcess agent = AgentCommand.of(
                                home, "a", agentFile(broker.address(), certificates, linesPort, putsPort))
                        .launch()) {
            awaitLine(
                    agent, "KafkaSource stranger: cannot read: " + noTls(broker) + UNKNOWN_AUTHORITY + ACTION_REQUIRED);
            awaitLine(
                    agent, "KafkaChannel kept: cannot read topic t: " + noTls(broker) + NOT_FOR_HOST + ACTION_REQUIRED);
            try (NetcatClient lines = NetcatClient.connect(linesPort);
                    NetcatClient puts = NetcatClient.connect(putsPort)) {
                lines.send("line");
                assertThatThrownBy(() -> puts.send("put")).hasMessageContaining(NOT_FOR_HOST);
            }
            awaitLine(
                    agent,
                    "KafkaSink write: record 1 of 1, for topic t, was not acknowledged: " + noTls(broker) + NOT_FOR_HOST
                            + ACTION_REQUIRED);

            assertClientsAreNotCreated(agent, home, chooser);
        }
    }

    /** The other components run all the same. */
    private static void assertClientsAreNotCreated(AgentProcess agent, FlumeHome home, Path chooser) throws Exception {
        String advice = ": copy its jar, and the jars it needs, to "
                + home.plugins().resolve("flume-kafka/drop-in") + " and restart the agent";
        for (String line : List.of(
                "the Kafka producer flafka-a-choosy for kafka.bootstrap.servers=127.0.0.1:1 cannot be created: com.example.Chooser"
                        + " (partitioner.class) comes from "
                        + chooser.toUri().toURL()
                        + ", which uses another copy of Kafka than this plugin" + advice,
                "the Kafka consumer flafka-a-lacking for kafka.bootstrap.servers=127.0.0.1:1 cannot be created: no.such.Handler"
                        + " (sasl.login.callback.handler.class) is not found" + advice,
                " speaks TLS, and this client has security.protocol = PLAINTEXT: set kafka.client.security.protocol = SSL,"
                        + " or SASL_SSL if clients must log in",
                "KafkaChannel broken: cannot create its Kafka clients yet; puts and takes fail until it can, which is tried"
                        + " again at least once a minute: the Kafka consumer flafka-a-broken",
                "KafkaChannel broken: neither stores nor delivers events until its Kafka clients can be created: the Kafka consumer")) {
            awaitLine(agent, line);
        }
        assertThat(agent.log()).doesNotContain("Unable to start");
    }

    private static String noTls(TlsPort broker) {
        return "no TLS connection to kafka.bootstrap.servers=" + broker.address() + ": ";
    }

    private static String agentFile(String broker, TlsCertificates certificates, int linesPort, int putsPort) {
        return AGENT_FILE.formatted(
                broker,
                certificates.file(),
                linesPort,
                putsPort,
                tls("sinks.write", broker, certificates),
                tls("channels.kept", broker, certificates));
    }

    private static String tls(String component, String broker, TlsCertificates certificates) {
        return """
                a.%1$s.kafka.bootstrap.servers = %2$s
                a.%1$s.kafka.client.security.protocol = SSL
                a.%1$s.kafka.client.ssl.truststore.location = %3$s
                a.%1$s.kafka.client.ssl.truststore.password = %4$s
                """.formatted(component, broker, certificates.file(), TlsCertificates.PASSWORD);
    }

    private static CompiledJar chooser() {
        return new CompiledJar().addSource("com.example.Chooser", """
                package com.example;
                public class Chooser implements org.apache.kafka.clients.producer.Partitioner {
                    @Override public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes,
                            org.apache.kafka.common.Cluster cluster) { return 0; }
                    @Override public void close() {}
                    @Override public void configure(java.util.Map<String, ?> configs) {}
                }
                """);
    }

    private static void awaitLine(AgentProcess agent, String text) {
        agent.awaitLog(Pattern.quote(text), PATIENCE);
    }
}
