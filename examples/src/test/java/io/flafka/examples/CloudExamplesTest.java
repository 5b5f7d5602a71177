// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.ChannelSettings;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the agent files for clouds as far as that is possible without their accounts: the settings and the clients. */
class CloudExamplesTest {
    @TempDir
    static Path directory;

    private static LocalCertificates certificates;

    @BeforeAll
    static void createCertificates() {
        certificates = LocalCertificates.createIn(directory);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isNamedInItsReadme(CloudFile file) {
        assertThat(file.readme()).content().contains(file.path().getFileName().toString());
        assertThat(CloudFile.SECRETS.keySet()).containsAll(file.agentFile().secrets());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPropertyIsAcceptedWithoutAWarning(CloudFile file) {
        AgentFile installed = file.withFilesIn(certificates);

        assertThat(FlafkaComponents.of(installed)).hasSize(3);
        assertThat(FlafkaComponents.warnings(installed)).isEmpty();
    }

    @Test
    void aMisspeltPropertyWouldBeNoticed() {
        AgentFile misspelt =
                files().get(0).withFilesIn(certificates).replacing("security.protocol", "security.protocoll");

        assertThat(FlafkaComponents.warnings(misspelt))
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning).contains("kafka.client.security.protocoll is not known"));
    }

    /** A client reads its certificates, creates its login and loads its classes when it is created, before it connects. */
    @ParameterizedTest
    @MethodSource("files")
    void kafkasClientsAreCreated(CloudFile file) {
        AgentFile local =
                file.agentFileFor("127.0.0.1:" + FreePort.find(), certificates).withSecrets(CloudFile.SECRETS::get);

        for (AgentFile.Component component : FlafkaComponents.of(local)) {
            switch (component.type()) {
                case "io.flafka.KafkaSource" ->
                    createConsumer(FlafkaComponents.source(component).consumer());
                case "io.flafka.KafkaSink" ->
                    createProducer(FlafkaComponents.sink(component).producer());
                default -> {
                    ChannelSettings.Clients clients =
                            FlafkaComponents.channel(component).clients();
                    createProducer(clients.producer());
                    clients.consumers().forEach(CloudExamplesTest::createConsumer);
                }
            }
        }
    }

    static List<CloudFile> files() {
        List<CloudFile> all = CloudFile.all();
        assertThat(all).as("agent files for clouds").hasSizeGreaterThan(5);
        return all;
    }

    private static void createConsumer(ClientSettings settings) {
        KafkaClients.REAL.consumer(settings).close();
    }

    private static void createProducer(ClientSettings settings) {
        KafkaClients.REAL.producer(settings).close(Duration.ZERO);
    }
}
