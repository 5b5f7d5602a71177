// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.GeneratedPage;
import io.flafka.testing.TestTopic;
import io.flafka.testing.security.Access;
import io.flafka.testing.security.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One real agent with source, channel and sink for each way to log in, against a broker that enforces logins and
 * rights. Checks the table of docs/security.md, and that no secret is shown anywhere.
 */
@Tag("full")
class SecurityIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> VALUES =
            IntStream.range(0, 10).mapToObj(i -> "event " + i).toList();
    private static final String BAD = "bad event";
    /** Flume itself copies the variables {@code FLUME_SSL_*} into Java's system properties, which this MBean shows. */
    private static final String SYSTEM_PROPERTIES = "MBean java.lang:type=Runtime";

    @TempDir
    private static Path directory;

    private static SecuredServers servers;
    private static SecuredAgent agent;
    private static final Set<String> DELIVERED = new HashSet<>();
    /** What the agent has shown, by the place where it was shown. */
    private static final Map<String, String> SHOWN = new TreeMap<>();

    /** The agent's log, from TRACE on. */
    private static Path log;

    private static Set<Access> accesses;

    @BeforeAll
    static void runTheAgent() throws IOException {
        servers = new SecuredServers();
        agent = new SecuredAgent(servers);
        agent.prepare();
        send();
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        try (AgentProcess process = agent.command(home).start()) {
            for (SecuredFlow flow : agent.permittedFlows()) {
                awaitDelivery(flow);
            }
            collect(process);
            process.stop();
            SHOWN.put("standard output", process.log());
        }
        log = home.path().resolve("logs").resolve("flume.log");
        accesses = servers.broker().accesses();
    }

    @AfterAll
    static void stopTheServers() {
        if (servers != null) {
            servers.close();
        }
    }

    @Test
    void eachComponentWorksWithEachLogin() {
        SecurityPage page = SecurityPage.of(agent.permittedFlows(), DELIVERED, accesses);

        GeneratedPage.named("security.md").assertIs(page::replaceIn);
    }

    @Test
    void theExamplesHaveThePropertiesOfTheTestedFlows() throws IOException {
        Map<String, Set<String>> tested = new TreeMap<>();
        for (SecuredFlow flow : agent.permittedFlows()) {
            Set<String> names = new TreeSet<>(flow.source().settings().keySet());
            names.remove("kafka.bootstrap.servers");
            tested.put(flow.name(), names);
        }

        Map<String, Set<String>> examples = SecurityPage.examplesIn(
                Files.readString(GeneratedPage.named("security.md").path()));

        assertThat(examples)
                .isNotEmpty()
                .allSatisfy((flow, names) -> assertThat(names).as(flow).isEqualTo(tested.get(flow)));
    }

    @Test
    void aUserWithoutRightsForTheTopicsReadsAndWritesNothing() {
        String user = "User:" + SecuredAgent.STRANGER;

        assertThat(topic("out-" + SecuredAgent.STRANGER).readToEnd()).isEmpty();
        assertThat(accesses)
                .contains(new Access(user, false, "describe", "topic:in-" + SecuredAgent.STRANGER))
                .noneMatch(access -> access.principal().equals(user)
                        && access.allowed()
                        && access.resource().endsWith(SecuredAgent.STRANGER));
    }

    @Test
    void theDeadLetterTopicGetsTheEventThatCannotBeWritten() {
        assertThat(topic(SecuredAgent.DEAD_LETTERS).readValues(1)).containsExactly(BAD);
    }

    @Test
    void noSecretIsShown() {
        servers.tokens()
                .issued()
                .forEach(token ->
                        servers.secrets().addToken("token " + servers.secrets().count(), token));

        Map<String, List<String>> found = new TreeMap<>();
        found.put("log file", servers.secrets().findIn(log));
        SHOWN.forEach((place, text) -> found.put(
                place,
                servers.secrets().findIn(place.equals(SYSTEM_PROPERTIES) ? withoutFlumesPasswords(text) : text)));
        found.values().removeIf(List::isEmpty);

        assertThat(found).isEmpty();
    }

    /** Otherwise a search that finds nothing would prove nothing. */
    @Test
    void theSearchedTextsAreThoseOfTheAgent() throws IOException {
        assertThat(servers.tokens().issued()).isNotEmpty();
        try (Stream<String> lines = Files.lines(log)) {
            assertThat(lines).anyMatch(line -> line.contains(" TRACE ") && line.contains("flafka-a-plain"));
        }
        assertThat(SHOWN.get("standard output")).contains("KafkaSource plain");
        assertThat(SHOWN.get("thread dump")).contains("flafka-a-plain");
        assertThat(SHOWN.get("metrics")).contains("SINK.plain");
        assertThat(SHOWN.keySet()).anyMatch(name -> name.startsWith("MBean kafka.consumer:"));
    }

    private static void send() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (SecuredFlow flow : agent.flows()) {
            VALUES.forEach(value -> records.add(topic(flow.in()).record(value)));
        }
        TestTopic withBad = topic("in-" + SecuredAgent.TRANSACTION);
        ProducerRecord<byte[], byte[]> bad = withBad.record(BAD);
        bad.headers().add(SecuredAgent.PARTITION_HEADER, "none".getBytes(UTF_8));
        records.add(bad);
        withBad.send(records);
    }

    private static void awaitDelivery(SecuredFlow flow) {
        try {
            List<ConsumerRecord<byte[], byte[]>> records = topic(flow.out()).read(VALUES.size(), PATIENCE);
            if (records.stream()
                    .map(record -> new String(record.value(), UTF_8))
                    .toList()
                    .equals(VALUES)) {
                DELIVERED.add(flow.name());
            }
        } catch (AssertionError late) {
            // The table then shows that the flow fails.
            return;
        }
    }

    private static void collect(AgentProcess process) {
        RunningJvm jvm = new RunningJvm(process.pid());
        SHOWN.put("thread dump", jvm.threadDump());
        jvm.mbeans().forEach((name, text) -> SHOWN.put("MBean " + name, text));
        SHOWN.put("metrics", process.metrics().toString());
    }

    private static String withoutFlumesPasswords(String systemProperties) {
        return systemProperties.replaceAll("javax\\.net\\.ssl\\.\\w+Password, [^}]*", "");
    }

    private static TestTopic topic(String name) {
        return servers.broker().topic(name);
    }
}
