// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the agent files for clouds with a real agent, and a local broker that wants the same kind of login. A cloud's own
 * rules, limits and certificates are not tested.
 */
@Tag("full")
class CloudExamplesIT {
    private static final TestDirectory DIRECTORY = TestDirectory.create("cloud");
    private static final LocalCertificates CERTIFICATES = LocalCertificates.createIn(DIRECTORY.path());
    private static final int PASSWORD_PORT = FreePort.find();
    private static final int PASSWORD_TLS_PORT = FreePort.find();
    private static final int CERTIFICATE_PORT = FreePort.find();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = withTls(
            withTls(
                    KafkaBrokerExtension.dedicated()
                            .with("flafka.listener.SASL_PLAINTEXT", Integer.toString(PASSWORD_PORT))
                            .with("flafka.listener.SASL_SSL", Integer.toString(PASSWORD_TLS_PORT))
                            .with("flafka.listener.SSL", Integer.toString(CERTIFICATE_PORT))
                            .with("listener.name.sasl_plaintext.sasl.enabled.mechanisms", "PLAIN")
                            .with("listener.name.sasl_plaintext.plain.sasl.jaas.config", users())
                            .with("listener.name.sasl_ssl.sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256")
                            .with("listener.name.sasl_ssl.plain.sasl.jaas.config", users())
                            .with(
                                    "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config",
                                    "org.apache.kafka.common.security.scram.ScramLoginModule required;")
                            .with("listener.name.ssl.ssl.client.auth", "required"),
                    "listener.name.sasl_ssl."),
            "listener.name.ssl.");

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.withoutFile();

    @BeforeAll
    static void createTopicsAndUser() throws Exception {
        TestTopic.create(KAFKA.cluster(), "flume-lines", 1);
        TestTopic.create(KAFKA.cluster(), "flume-channel", 1);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "avnadmin", info, CloudFile.SECRETS.get("AIVEN_PASSWORD"))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @AfterAll
    static void deleteCertificates() {
        DIRECTORY.close();
    }

    @ParameterizedTest
    @MethodSource("filesWithACommonLogin")
    void carriesLinesThroughSinkSourceAndChannel(CloudFile file) throws Exception {
        String line = "at " + System.nanoTime();
        int netcat = FreePort.find();
        start(file, netcat);

        try (NetcatClient application = NetcatClient.connect(netcat)) {
            application.send(List.of(line));
            agent.awaitLog("LoggerSink - Event: .* " + line.substring(0, Math.min(16, line.length())));
        }

        assertThat(agent.stop()).isEmpty();
    }

    /** The broker does not know Amazon's mechanism, which it says only to a client that has found all its classes. */
    @Test
    void amazonsLoginIsFoundInDropIn() {
        CloudFile file = CloudFile.all().stream()
                .filter(CloudExamplesIT::isAmazons)
                .findAny()
                .orElseThrow();
        agent.withDropIn(jarWith("software.amazon.msk.auth.iam.IAMLoginModule"));
        start(file, FreePort.find());

        agent.awaitLog("Client SASL mechanism 'AWS_MSK_IAM' not enabled in the server");

        assertThat(agent.log()).contains("drop-in: aws-msk-iam-auth-").doesNotContain("ClassNotFound", "unknown");
    }

    static Stream<CloudFile> filesWithACommonLogin() {
        return CloudFile.all().stream().filter(file -> !isAmazons(file));
    }

    private static boolean isAmazons(CloudFile file) {
        return file.agentFile().text().contains("AWS_MSK_IAM");
    }

    private void start(CloudFile file, int netcat) {
        agent.running(file.agentFileFor("127.0.0.1:" + port(file), CERTIFICATES))
                .replacing("44444", Integer.toString(netcat))
                // The clouds' certificates are signed by authorities that every JDK trusts; the local broker's is not.
                .with("-Djavax.net.ssl.trustStore=" + CERTIFICATES.truststore())
                .with("-Djavax.net.ssl.trustStorePassword=" + LocalCertificates.PASSWORD)
                .with(
                        "-C",
                        jarWith("org.apache.flume.configfilter.EnvironmentVariableConfigFilter")
                                .toString());
        CloudFile.SECRETS.forEach(agent::withVariable);
        agent.start();
    }

    private static int port(CloudFile file) {
        String text = file.agentFile().text();
        if (text.contains("security.protocol = SASL_PLAINTEXT")) {
            return PASSWORD_PORT;
        }
        return text.contains("security.protocol = SASL_SSL") ? PASSWORD_TLS_PORT : CERTIFICATE_PORT;
    }

    /** Returns the jar on this test's class path that has a class. */
    private static Path jarWith(String className) {
        String resource = className.replace('.', '/') + ".class";
        URL url = CloudExamplesIT.class.getClassLoader().getResource(resource);
        try {
            JarURLConnection jar =
                    (JarURLConnection) Objects.requireNonNull(url, className).openConnection();
            return Path.of(jar.getJarFileURL().toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(className, e);
        }
    }

    private static KafkaBrokerExtension withTls(KafkaBrokerExtension kafka, String listener) {
        return kafka.with(
                        listener + "ssl.keystore.location",
                        CERTIFICATES.brokerKeystore().toString())
                .with(listener + "ssl.keystore.type", "PKCS12")
                .with(listener + "ssl.keystore.password", LocalCertificates.PASSWORD)
                .with(listener + "ssl.key.password", LocalCertificates.PASSWORD)
                .with(
                        listener + "ssl.truststore.location",
                        CERTIFICATES.truststore().toString())
                .with(listener + "ssl.truststore.type", "PKCS12")
                .with(listener + "ssl.truststore.password", LocalCertificates.PASSWORD);
    }

    /** Returns the users that a broker accepts, with their passwords. */
    private static String users() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required"
                + user("ckafka-abcd1234#flume", "CKAFKA_PASSWORD")
                + user("$ConnectionString", "EVENT_HUBS_CONNECTION_STRING")
                + user("ABCDEFGH12345678", "CONFLUENT_API_SECRET")
                + ";";
    }

    private static String user(String name, String secret) {
        return " \"user_%s\"=\"%s\"".formatted(name, CloudFile.SECRETS.get(secret));
    }
}
