// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.rule.Finding;
import io.flafka.check.rule.KafkaComponent;
import io.flafka.check.rule.Severity;
import io.flafka.client.KafkaClients;
import io.flafka.failure.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Tries for each of this plugin's components what it needs of Kafka, one step after the other, and says how far it came. Joins no group, and writes nothing.
 * Stateless.
 */
public final class ConnectionCheck {

    private static final List<Step> STEPS = List.of(new ClusterStep(), new TopicStep(), new GroupStep());

    private ConnectionCheck() {}

    /**
     * Returns what works and what does not.
     *
     * @param found what is wrong with the agent's properties: a component with errors is not tried
     */
    public static Stream<Finding> check(Agent agent, List<Finding> found) {
        return agent.components().stream()
                .filter(component -> KafkaComponent.of(component).isPresent())
                .flatMap(component -> reasonNotToTry(component, found)
                        .map(reason -> Stream.of(Finding.warning(component, "no connection was tried: " + reason)))
                        .orElseGet(() -> KafkaUse.of(component).stream().flatMap(use -> tryAll(use).stream())));
    }

    private static Optional<String> reasonNotToTry(Component component, List<Finding> found) {
        String name = component.prefix().substring(0, component.prefix().length() - 1);
        if (found.stream()
                .anyMatch(finding ->
                        finding.severity() == Severity.ERROR && finding.text().startsWith(name))) {
            return Optional.of("its properties have errors");
        }
        return component.settings().entrySet().stream()
                .filter(setting -> setting.getValue().isKnownLater())
                .findFirst()
                .map(Map.Entry::getKey)
                .map(property -> property + " has a value that only the agent knows; set the variable here too");
    }

    private static List<Finding> tryAll(KafkaUse use) {
        Object brokers = use.settings().properties().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        if (brokers == null) {
            return List.of(
                    Finding.note(use.component(), "no connection was tried: ZooKeeper names the brokers at the start"));
        }
        List<String> obstacles = Arrays.stream(String.valueOf(brokers).split(",", -1))
                .map(Port::of)
                .flatMap(port -> port.obstacle().stream())
                .toList();
        boolean noneAnswers = obstacles.size() == String.valueOf(brokers).split(",", -1).length;
        List<Finding> findings = new ArrayList<>();
        obstacles.forEach(obstacle -> findings.add(
                noneAnswers ? Finding.error(use.component(), obstacle) : Finding.warning(use.component(), obstacle)));
        if (noneAnswers) {
            findings.add(notTried(use, 0));
        } else {
            findings.addAll(trySteps(use));
        }
        return findings;
    }

    private static List<Finding> trySteps(KafkaUse use) {
        List<Finding> findings = new ArrayList<>();
        int tried = 0;
        try (Admin admin = KafkaClients.REAL.admin(use.settings())) {
            try {
                while (tried < STEPS.size() && !hasErrors(findings)) {
                    findings.addAll(STEPS.get(tried).run(use, admin));
                    tried++;
                }
            } catch (KafkaException refused) {
                findings.add(Finding.error(use.component(), reason(use, refused)));
                tried++;
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (KafkaException rejected) {
            findings.add(Finding.error(use.component(), FailureReason.deepest(rejected)));
            tried++;
        }
        if (tried < STEPS.size()) {
            findings.add(notTried(use, tried));
        }
        return findings;
    }

    private static String reason(KafkaUse use, KafkaException refused) {
        return "TCP connection possible, but "
                + (refused instanceof TimeoutException
                        ? "no answer from " + use.access().noAnswer(FailureReason.of(refused))
                        : use.access().reason(refused));
    }

    private static boolean hasErrors(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private static Finding notTried(KafkaUse use, int from) {
        return Finding.note(
                use.component(),
                "not tried because of that: "
                        + STEPS.subList(from, STEPS.size()).stream()
                                .map(Step::title)
                                .collect(Collectors.joining("; ")));
    }
}
