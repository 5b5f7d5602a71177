// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.security.Access;
import io.flafka.testing.security.Right;
import io.flafka.testing.security.SecuredBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rights that docs/security.md lists: with all of them a flow works, and without any single one it delivers
 * nothing. One agent with a flow per missing right.
 */
@Tag("full")
class RightsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** Every user may write it. Kafka's producer needs the right to write at least one topic. */
    private static final String SPARE = "spare";

    @TempDir
    private Path directory;

    /** The flows that must work, and those that must not, each with the right that it lacks. */
    private final Set<SecuredFlow> complete = new HashSet<>();

    private final Map<String, Right> lacking = new TreeMap<>();
    private final List<SecuredFlow> flows = new ArrayList<>();

    @Test
    void eachRightIsNeededAndTogetherTheyAreEnough() {
        try (SecuredServers servers = new SecuredServers()) {
            SaslLogins logins = new SaslLogins(servers, new TlsLogins(servers));
            SecuredBroker broker = servers.broker();
            addFlowsWithoutARight(broker, logins);
            addExactlyOnce(broker, logins);
            List<String> topics = new ArrayList<>(List.of(SPARE));
            flows.forEach(flow -> topics.addAll(flow.topics()));
            broker.createTopics(topics);
            flows.forEach(flow -> broker.topic(flow.in()).send(flow.name()));
            FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
            try (AgentProcess agent = AgentCommand.of(home, "a", SecuredFlow.agentFile(flows))
                    .with("-Xmx512m")
                    .start()) {
                for (SecuredFlow flow : complete) {
                    assertThat(delivered(broker, flow)).containsExactly(flow.name());
                }
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(denied(broker.accesses()))
                                .containsAll(lacking.values().stream()
                                        .map(RightsIT::resource)
                                        .toList()));
                agent.stop();
            }
            assertThat(flows)
                    .filteredOn(flow -> lacking.containsKey(flow.name()))
                    .allSatisfy(flow ->
                            assertThat(broker.topic(flow.out()).readToEnd()).isEmpty());
        }
    }

    private void addFlowsWithoutARight(SecuredBroker broker, SaslLogins logins) {
        Map<String, Function<SecuredFlow, Right>> missing = Map.of(
                "no-source-topic", flow -> Right.readTopic(flow.in()),
                "no-source-group", flow -> Right.readGroup(flow.sourceGroup()),
                "no-channel-read", flow -> Right.readTopic(flow.channelTopic()),
                "no-channel-write", flow -> Right.writeTopic(flow.channelTopic()),
                "no-channel-group", flow -> Right.readGroup(flow.channelGroup()),
                "no-sink-topic", flow -> Right.writeTopic(flow.out()));
        missing.forEach((name, right) -> {
            SecuredFlow flow = SecuredFlow.of(name, name, logins.scram(ScramMechanism.SCRAM_SHA_256, name));
            add(broker, flow, flow.source(), flow.rights(), right.apply(flow));
        });
        SecuredFlow all = SecuredFlow.of("all", "all", logins.scram(ScramMechanism.SCRAM_SHA_256, "all"));
        complete.add(all);
        flows.add(all);
        all.rights().forEach(broker::allow);
    }

    /** The channel commits the source's offsets, and the sink commits the channel's. Each has a user of its own. */
    private void addExactlyOnce(SecuredBroker broker, SaslLogins logins) {
        SecuredFlow all = exactlyOnce("once", logins);
        complete.add(all);
        flows.add(all);
        exactlyOnceRights(all).forEach(broker::allow);
        Map<String, Function<SecuredFlow, Right>> missingInChannel = Map.of(
                "once-no-source-topic", flow -> Right.readTopic(flow.in()),
                "once-no-source-group", flow -> Right.readGroup(flow.sourceGroup()),
                "once-no-id", flow -> Right.writeTransactionalIds(flow.name()));
        missingInChannel.forEach((name, right) -> {
            SecuredFlow flow = exactlyOnce(name, logins);
            add(broker, flow, flow.channel(), exactlyOnceRights(flow), right.apply(flow));
        });
        Map<String, Function<SecuredFlow, Right>> missingInSink = Map.of(
                "once-no-channel-topic", flow -> Right.readTopic(flow.channelTopic()),
                "once-no-channel-group", flow -> Right.readGroup(flow.channelGroup()));
        missingInSink.forEach((name, right) -> {
            SecuredFlow flow = exactlyOnce(name, logins);
            add(broker, flow, flow.sink(), exactlyOnceRights(flow), right.apply(flow));
        });
    }

    /** Adds a flow in which one login lacks one right. */
    private void add(
            SecuredBroker broker, SecuredFlow flow, Login login, Map<String, Set<Right>> rights, Right missing) {
        lacking.put(flow.name(), missing);
        flows.add(flow);
        rights.forEach((principal, all) ->
                broker.allow(principal, principal.equals(login.principal()) ? without(all, missing) : all));
    }

    private static Set<Right> without(Set<Right> all, Right missing) {
        Set<Right> rest = new HashSet<>(all);
        assertThat(rest.remove(missing)).isTrue();
        rest.add(Right.writeTopic(SPARE));
        return rest;
    }

    private static SecuredFlow exactlyOnce(String name, SaslLogins logins) {
        return new SecuredFlow(
                name,
                name,
                logins.scram(ScramMechanism.SCRAM_SHA_256, name + "-reader"),
                logins.scram(ScramMechanism.SCRAM_SHA_256, name + "-keeper"),
                logins.scram(ScramMechanism.SCRAM_SHA_256, name + "-writer"),
                Map.of(
                        "sources.delivery.guarantee",
                        "exactly-once",
                        "channels.kafka.producer.transactional.id",
                        name,
                        "sinks.delivery.guarantee",
                        "exactly-once",
                        "sinks.kafka.producer.transactional.id",
                        name));
    }

    private static Map<String, Set<Right>> exactlyOnceRights(SecuredFlow flow) {
        Set<Right> channel = Set.of(
                Right.readTopic(flow.in()),
                Right.readGroup(flow.sourceGroup()),
                Right.writeTransactionalIds(flow.name()));
        Set<Right> sink = Set.of(
                Right.readTopic(flow.channelTopic()),
                Right.readGroup(flow.channelGroup()),
                Right.writeTransactionalIds(flow.name()));
        Map<String, Set<Right>> rights = new TreeMap<>(flow.rights());
        rights.computeIfPresent(flow.channel().principal(), (user, all) -> union(all, channel));
        rights.computeIfPresent(flow.sink().principal(), (user, all) -> union(all, sink));
        return rights;
    }

    private static Set<Right> union(Set<Right> some, Set<Right> more) {
        Set<Right> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    private static List<String> delivered(SecuredBroker broker, SecuredFlow flow) {
        return broker.topic(flow.out()).read(1, PATIENCE).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static List<String> denied(Set<Access> accesses) {
        return accesses.stream()
                .filter(access -> !access.allowed())
                .map(Access::resource)
                .map(resource -> resource.replaceFirst("-(source|channel|sink)\\..*", ""))
                .toList();
    }

    private static String resource(Right right) {
        String type = right.resource().resourceType().name().toLowerCase(Locale.ROOT);
        return type.replace("_", "") + ":" + right.resource().name();
    }
}
