// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestTopic;
import io.flafka.testing.TlsListener;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client without TLS at a port with TLS: it is refused before it runs out of memory. */
@Timeout(60)
class BrokerPortCheckIT {

    private static final TlsListener TLS = new TlsListener();
    private static final ScramListener SCRAM = new ScramListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA =
            KafkaBrokerExtension.dedicated().with(TLS).with(SCRAM);

    @AfterAll
    static void deleteCertificates() {
        TLS.close();
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                client("the Kafka consumer", settings -> KafkaClients.REAL.consumer(settings)),
                client("the Kafka producer", settings -> KafkaClients.REAL.producer(settings)),
                client("the Kafka producer", settings -> KafkaClients.REAL.bytesProducer(settings)));
    }

    private static Arguments client(String name, Consumer<ClientSettings> creation) {
        return Arguments.of(name, creation);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void refusesAClientWithoutTls(String name, Consumer<ClientSettings> creation) {
        assertThatThrownBy(() -> creation.accept(settings(TLS.bootstrapServers(), Map.of())))
                .isInstanceOf(FlumeException.class)
                .hasMessage(
                        "%s c for kafka.bootstrap.servers=%s cannot be created: %2$s speaks TLS, and this client has"
                                + " security.protocol = PLAINTEXT: set kafka.client.security.protocol = SSL, or SASL_SSL if"
                                + " clients must log in",
                        name, TLS.bootstrapServers());
    }

    @Test
    void refusesAnAdminClientWithoutTls() {
        assertThatThrownBy(() -> KafkaClients.REAL.admin(settings(TLS.bootstrapServers(), Map.of())))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("speaks TLS");
    }

    @Test
    void namesTheProtocolThatHasALoginToo() {
        ClientSettings settings = settings(TLS.bootstrapServers(), Map.of("security.protocol", "SASL_PLAINTEXT"));

        assertThatThrownBy(() -> KafkaClients.REAL.producer(settings))
                .hasMessageEndingWith(
                        "has security.protocol = SASL_PLAINTEXT: set kafka.client.security.protocol = SASL_SSL");
    }

    @Test
    void refusesAClientWithoutLoginAtAPortThatRequiresOne() {
        assertThatThrownBy(() -> KafkaClients.REAL.producer(settings(SCRAM.bootstrapServers(), Map.of())))
                .hasMessageEndingWith(
                        "%s requires a login, and this client has security.protocol = PLAINTEXT: set"
                                + " kafka.client.security.protocol = SASL_PLAINTEXT, kafka.client.sasl.mechanism and"
                                + " kafka.client.sasl.jaas.config",
                        SCRAM.bootstrapServers());
    }

    @Test
    void aClientWithLoginWorks() throws Exception {
        SCRAM.addUser(KAFKA.cluster(), "app");

        assertWrites(SCRAM.bootstrapServers(), SCRAM.clientProperties("", "app"));
    }

    /** A broker counts a second request before the login as a refused login, and some operators watch that number. */
    @Test
    void aClientWithLoginAsksOnlyOnce() throws Exception {
        try (ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> bytesAfterTheFirstRequest(port));

            KafkaClients.REAL
                    .producer(
                            settings(
                                    "127.0.0.1:" + port.getLocalPort(),
                                    Map.of(
                                            "security.protocol",
                                            "SASL_PLAINTEXT",
                                            "sasl.mechanism",
                                            "PLAIN",
                                            "sasl.jaas.config",
                                            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"p\";")))
                    .close();

            assertThat(read.get(10, TimeUnit.SECONDS)).isZero();
        }
    }

    /** A broker that stops closes each connection once. */
    @Test
    void aPortThatClosesAConnectionOnceIsNotJudged() throws Exception {
        try (ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerAndClose(port));

            KafkaClients.REAL
                    .producer(settings("127.0.0.1:" + port.getLocalPort(), Map.of()))
                    .close();

            answered.get(10, TimeUnit.SECONDS);
        }
    }

    private static void answerAndClose(ServerSocket port) {
        try (Socket client = port.accept()) {
            DataInputStream requests = new DataInputStream(client.getInputStream());
            requests.readNBytes(requests.readInt());
            client.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0});
            requests.readNBytes(requests.readInt());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Answers the first request of the first connection like a broker, with no version, and reads until the client closes it. */
    private static int bytesAfterTheFirstRequest(ServerSocket port) {
        try (Socket client = port.accept()) {
            DataInputStream requests = new DataInputStream(client.getInputStream());
            requests.readNBytes(requests.readInt());
            client.getOutputStream().write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0});
            return requests.readAllBytes().length;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void findsThePortWithTlsAmongOthers() {
        String brokers = KAFKA.bootstrapServers() + "," + TLS.bootstrapServers();

        assertThatThrownBy(() -> KafkaClients.REAL.producer(settings(brokers, Map.of())))
                .hasMessageContaining(": " + TLS.bootstrapServers() + " speaks TLS");
    }

    @Test
    void aClientWithTlsWorks() throws Exception {
        TLS.showTrusted(KAFKA.cluster());

        assertWrites(TLS.bootstrapServers(), TLS.clientProperties(""));
    }

    @Test
    void aClientWithoutTlsWorksAtAPortWithoutTls() throws Exception {
        assertWrites(KAFKA.bootstrapServers(), Map.of());
    }

    private static void assertWrites(String brokers, Map<String, String> properties) throws Exception {
        TestTopic topic = KAFKA.topic();
        try (Producer<String, byte[]> producer = KafkaClients.REAL.producer(settings(brokers, properties))) {
            producer.send(new ProducerRecord<>(topic.name(), new byte[] {1})).get();
        }
        assertThat(topic.readToEnd()).hasSize(1);
    }

    /** Brokers that do not answer are reported by Kafka's client, as ever. */
    @Test
    void aPortThatDoesNotAnswerIsNotJudged() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String brokers = "127.0.0.1:" + silent.getLocalPort();

            KafkaClients.REAL.producer(settings(brokers, Map.of())).close();
        }
    }

    private static ClientSettings settings(String brokers, Map<String, String> further) {
        Map<String, Object> properties = new HashMap<>(further);
        properties.put("bootstrap.servers", brokers);
        properties.put("client.id", "c");
        String serialization = "org.apache.kafka.common.serialization.";
        properties.put("key.serializer", serialization + "StringSerializer");
        properties.put("value.serializer", serialization + "ByteArraySerializer");
        return new ClientSettings(properties);
    }
}
