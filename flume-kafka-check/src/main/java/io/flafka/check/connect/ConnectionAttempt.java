// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.check.rule.Finding;
import io.flafka.check.rule.Severity;
import io.flafka.client.KafkaClients;
import io.flafka.failure.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Tries one use of Kafka, step by step, until a step has an error. For one thread. */
final class ConnectionAttempt {

    private final KafkaUse use;
    private final List<Step> steps;
    private final List<Finding> findings = new ArrayList<>();
    private int tried;

    ConnectionAttempt(KafkaUse use) {
        this.use = use;
        this.steps = Stream.concat(
                        Stream.of(new ClusterStep(), new TopicStep()), use.group().map(GroupStep::new).stream())
                .toList();
    }

    List<Finding> run() {
        Object brokers = use.settings().properties().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        if (brokers == null) {
            return List.of(
                    Finding.note(use.component(), "no connection was tried: ZooKeeper names the brokers at the start"));
        }
        if (isAnyReachable(String.valueOf(brokers).split(",", -1))) {
            tryWithClient();
        }
        if (tried < steps.size()) {
            findings.add(Finding.note(
                    use.component(),
                    "not tried because of that: "
                            + steps.subList(tried, steps.size()).stream()
                                    .map(Step::title)
                                    .collect(Collectors.joining("; "))));
        }
        return findings;
    }

    /** A client needs only one of the brokers that the agent file names. */
    private boolean isAnyReachable(String... brokers) {
        List<String> obstacles = Arrays.stream(brokers)
                .map(Port::of)
                .flatMap(port -> port.obstacle().stream())
                .toList();
        boolean isAnyReachable = obstacles.size() < brokers.length;
        obstacles.forEach(obstacle -> findings.add(
                isAnyReachable
                        ? Finding.warning(use.component(), obstacle)
                        : Finding.error(use.component(), obstacle)));
        return isAnyReachable;
    }

    private void tryWithClient() {
        try (Admin admin = KafkaClients.REAL.admin(use.settings())) {
            trySteps(admin);
            admin.close(Duration.ZERO);
        } catch (KafkaException | LinkageError rejected) {
            tried++;
            findings.add(Finding.error(use.component(), FailureReason.deepest(rejected)));
        }
    }

    private void trySteps(Admin admin) {
        try {
            while (tried < steps.size() && !hasErrors()) {
                tried++;
                findings.addAll(steps.get(tried - 1).run(use, admin));
            }
        } catch (KafkaException refused) {
            findings.add(Finding.error(
                    use.component(),
                    "TCP connection possible, but "
                            + (refused instanceof TimeoutException
                                    ? "no answer from " + use.access().noAnswer(FailureReason.of(refused))
                                    : use.access().reason(refused))));
        }
    }

    private boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
