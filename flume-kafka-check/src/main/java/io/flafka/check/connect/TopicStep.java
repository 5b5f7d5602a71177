// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.check.rule.Finding;
import io.flafka.failure.ClientAccess.TopicUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topics: whether they exist, whether each partition has a leader, and whether the user may read or write them. */
final class TopicStep implements Step {

    @Override
    public String title() {
        return "topics and rights on them";
    }

    @Override
    public List<Finding> run(KafkaUse use, Admin admin) {
        List<Finding> findings = new ArrayList<>();
        List<String> topics = use.topicNames(admin);
        if (topics.isEmpty()) {
            use.pattern()
                    .ifPresent(pattern -> findings.add(Finding.warning(
                            use.component(),
                            "no topic that " + use.access().user() + " may describe matches " + pattern
                                    + ": create one, or allow the ACL operation Describe")));
        }
        admin.describeTopics(topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .forEach((topic, description) -> findings.addAll(check(topic, description, use)));
        return findings;
    }

    private static List<Finding> check(String topic, KafkaFuture<TopicDescription> question, KafkaUse use) {
        try {
            return check(KafkaAnswer.of(question), use);
        } catch (UnknownTopicOrPartitionException missing) {
            return List.of(Finding.warning(
                    use.component(),
                    "topic " + topic + " is not there: create it, or allow "
                            + use.access().user() + " to describe it (ACL operation Describe)"));
        } catch (AuthorizationException denied) {
            return List.of(denied(topic, use, use.access().reason(denied)));
        }
    }

    private static Finding denied(String topic, KafkaUse use, String reason) {
        return Finding.error(use.component(), "topic " + topic + ": " + reason);
    }

    private static List<Finding> check(TopicDescription topic, KafkaUse use) {
        List<Finding> findings = new ArrayList<>();
        for (TopicUse each : use.uses()) {
            lack(topic, each, use).ifPresent(reason -> findings.add(denied(topic.name(), use, reason)));
        }
        String leaderless = topic.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .map(partition -> String.valueOf(partition.partition()))
                .collect(Collectors.joining(", "));
        if (!leaderless.isEmpty()) {
            findings.add(Finding.error(
                    use.component(),
                    "topic " + topic.name() + ": no broker leads partition " + leaderless
                            + ": start the broker that has it"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.note(
                    use.component(),
                    "topic " + topic.name() + ": " + topic.partitions().size()
                            + (topic.partitions().size() == 1 ? " partition" : " partitions") + "; "
                            + use.access().user() + " may " + words(use.uses())));
        }
        return findings;
    }

    private static String words(Set<TopicUse> uses) {
        return uses.size() > 1 ? "read and write it" : uses.contains(TopicUse.READS) ? "read it" : "write to it";
    }

    /** Returns why the user may not use the topic. Brokers before 2.3 do not say which operations are allowed. */
    private static Optional<String> lack(TopicDescription topic, TopicUse use, KafkaUse component) {
        @Nullable Set<AclOperation> allowed = topic.authorizedOperations();
        AclOperation needed = use == TopicUse.READS ? AclOperation.READ : AclOperation.WRITE;
        if (allowed == null || allowed.contains(needed)) {
            return Optional.empty();
        }
        KafkaException denied = new TopicAuthorizationException(Set.of(topic.name()));
        return Optional.of(component.access(use).reason(denied));
    }
}
