// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.check.rule.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The consumer group: whether the user may use it, its members, and how far it is behind in each partition.
 *
 * @param group the group's name
 */
record GroupStep(String group) implements Step {

    /** As many partitions as fit on a screen. */
    private static final int SHOWN = 20;

    @Override
    public String title() {
        return "group, offsets and lag";
    }

    @Override
    public List<Finding> run(KafkaUse use, Admin admin) {
        try {
            DescribeConsumerGroupsOptions withRights =
                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
            ConsumerGroupDescription description = KafkaAnswer.of(
                            admin.describeConsumerGroups(List.of(group), withRights)
                                    .all())
                    .values()
                    .iterator()
                    .next();
            @Nullable Set<AclOperation> allowed = description.authorizedOperations();
            if (allowed != null && !allowed.contains(AclOperation.READ)) {
                throw GroupAuthorizationException.forGroupId(group);
            }
            Map<TopicPartition, OffsetAndMetadata> committed =
                    KafkaAnswer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            // Brokers before 4.0 describe a group that is not there as one without members.
            return description.members().isEmpty() && committed.isEmpty()
                    ? List.of(absent(use))
                    : List.of(state(description, committed, use, admin));
        } catch (GroupIdNotFoundException absent) {
            return List.of(absent(use));
        } catch (AuthorizationException denied) {
            return List.of(Finding.error(
                    use.component(), "group " + group + ": " + use.access().reason(denied)));
        }
    }

    private Finding absent(KafkaUse use) {
        return Finding.note(
                use.component(),
                "group " + group + " is new: it starts at "
                        + use.range()
                                .startText()
                                .orElseGet(() ->
                                        "auto.offset.reset = " + use.settings().offsetReset())
                        + ". Whether " + use.access().user() + " may use it shows only then");
    }

    private static Finding state(
            ConsumerGroupDescription group,
            Map<TopicPartition, OffsetAndMetadata> committed,
            KafkaUse use,
            Admin admin) {
        int members = group.members().size();
        return Finding.note(
                use.component(),
                "group " + group.groupId() + ": " + members + (members == 1 ? " member" : " members")
                        + lag(committed, use, admin));
    }

    private static String lag(Map<TopicPartition, OffsetAndMetadata> committed, KafkaUse use, Admin admin) {
        Map<TopicPartition, Long> ends = ends(partitions(use, admin), admin);
        Map<TopicPartition, Long> lags =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        ends.forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset != null) {
                lags.put(partition, Math.max(0, end - offset.offset()));
            }
        });
        String without = ends.keySet().stream()
                .filter(partition -> !lags.containsKey(partition))
                .map(TopicPartition::toString)
                .sorted()
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
        return "; lag " + lags.values().stream().mapToLong(Long::longValue).sum()
                + (lags.isEmpty() ? "" : " (" + shown(lags) + ")")
                + (without.isEmpty() ? "" : "; without a committed offset: " + without);
    }

    private static String shown(Map<TopicPartition, Long> lags) {
        String largest = lags.entrySet().stream()
                .sorted(Map.Entry.<TopicPartition, Long>comparingByValue().reversed())
                .limit(SHOWN)
                .map(lag -> lag.getKey() + ": " + lag.getValue())
                .collect(Collectors.joining(", "));
        return lags.size() > SHOWN ? "the largest of " + lags.size() + " partitions: " + largest : largest;
    }

    private static List<TopicPartition> partitions(KafkaUse use, Admin admin) {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(use.topicNames(admin)).topicNameValues().forEach((topic, question) -> {
            try {
                TopicDescription description = KafkaAnswer.of(question);
                description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            } catch (UnknownTopicOrPartitionException missing) {
                // The step before has reported it.
            }
        });
        return partitions;
    }

    private static Map<TopicPartition, Long> ends(List<TopicPartition> partitions, Admin admin) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                KafkaAnswer.of(admin.listOffsets(latest).all()).entrySet()) {
            ends.put(end.getKey(), end.getValue().offset());
        }
        return ends;
    }
}
