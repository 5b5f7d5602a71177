// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.security.Identity;
import io.flafka.testing.security.Right;
import io.flafka.testing.security.SecuredBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ScramMechanism;

/** One agent with a flow for each way to log in. For one thread. */
final class SecuredAgent {

    /** The flow whose user has only rights for another topic. */
    static final String STRANGER = "stranger";
    /** The flow with a Kafka transaction and a dead letter topic. */
    static final String TRANSACTION = "transaction";

    static final String DEAD_LETTERS = "dead-letters";
    static final String PARTITION_HEADER = "target";

    private static final String KRB5 = "-Djava.security.krb5.conf=";
    private static final String JAAS = "-Djava.security.auth.login.config=";
    private static final String OAUTH_URLS = "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=";

    private final SecuredServers servers;
    private final TlsLogins tls;
    private final SaslLogins sasl;
    private final List<SecuredFlow> flows = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    SecuredAgent(SecuredServers servers) {
        this.servers = servers;
        this.tls = new TlsLogins(servers);
        this.sasl = new SaslLogins(servers, tls);
        flows.addAll(tls.flows());
        addAgentTls();
        flows.addAll(sasl.flows());
        environment.put(SaslLogins.VARIABLE, sasl.passwordInEnvironment());
        flows.add(userPerComponent());
        flows.add(transaction());
        flows.add(SecuredFlow.of(
                STRANGER, "no rights for its topics", sasl.scram(ScramMechanism.SCRAM_SHA_256, STRANGER)));
    }

    /** Returns all flows. */
    List<SecuredFlow> flows() {
        return List.copyOf(flows);
    }

    /** Returns the flows that must work. */
    List<SecuredFlow> permittedFlows() {
        return flows.stream().filter(flow -> !flow.name().equals(STRANGER)).toList();
    }

    /** Creates the topics and gives the rights. */
    void prepare() {
        SecuredBroker broker = servers.broker();
        List<String> topics =
                flows.stream().flatMap(flow -> flow.topics().stream()).collect(Collectors.toCollection(ArrayList::new));
        topics.add(DEAD_LETTERS);
        broker.createTopics(topics);
        for (SecuredFlow flow : permittedFlows()) {
            flow.rights().forEach(broker::allow);
        }
        broker.allow("User:" + STRANGER, Set.of(Right.readTopic(DEAD_LETTERS), Right.writeTopic(DEAD_LETTERS)));
        broker.allow(
                "User:" + TRANSACTION,
                Set.of(Right.writeTransactionalIds(TRANSACTION), Right.writeTopic(DEAD_LETTERS)));
    }

    /** Returns the command that starts it. Its log file has every level, its standard output from INFO. */
    AgentCommand command(FlumeHome home) {
        try {
            Path log = home.conf().resolve("log4j2.xml");
            Files.writeString(
                    log,
                    Files.readString(log)
                            .replace("level=\"info\"", "level=\"trace\"")
                            .replace("ref=\"console\"", "ref=\"console\" level=\"info\""));
            Path jaas = Files.writeString(servers.directory().resolve("jaas.conf"), sasl.jaasFileText());
            return AgentCommand.of(home, "a", SecuredFlow.agentFile(flows))
                    .with("-Xmx512m", KRB5 + servers.kdc().configuration(), JAAS + jaas)
                    .with(OAUTH_URLS + servers.tokens().tokenUrl())
                    .withEnvironment(environment)
                    .withMetrics();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addAgentTls() {
        Identity client = tls.client("agent");
        String password = servers.secrets().newPassword("password of the agent's key store");
        flows.add(tls.agentFlow(client));
        environment.putAll(tls.agentEnvironment(client, password));
    }

    private SecuredFlow userPerComponent() {
        return new SecuredFlow(
                "users",
                "SCRAM-SHA-256, one user per component",
                sasl.scram(ScramMechanism.SCRAM_SHA_256, "reader"),
                sasl.scram(ScramMechanism.SCRAM_SHA_256, "keeper"),
                sasl.scram(ScramMechanism.SCRAM_SHA_256, "writer"),
                Map.of());
    }

    /** The sink cannot write an event whose partition is not a number. */
    private SecuredFlow transaction() {
        Login login = sasl.scram(ScramMechanism.SCRAM_SHA_512, TRANSACTION);
        return new SecuredFlow(
                TRANSACTION,
                "SCRAM-SHA-512, Kafka transactions and dead letters",
                login,
                login,
                login,
                Map.of(
                        "sources.headers.include", PARTITION_HEADER,
                        "sinks.partitionIdHeader", PARTITION_HEADER,
                        "sinks.kafka.producer.transactional.id", TRANSACTION,
                        "sinks.errors.tolerance", "all",
                        "sinks.errors.deadletterqueue.topic.name", DEAD_LETTERS));
    }
}
