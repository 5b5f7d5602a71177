// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/**
 * Waits until each transaction whose end is decided has ended in a topic. Kafka answers a commit earlier: a reader of
 * committed records does not see the last ones at once. Does not wait for open transactions. Stateless.
 */
final class EndingTransactions {

    private static final ListTransactionsOptions DECIDED = new ListTransactionsOptions()
            .filterStates(Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));

    private EndingTransactions() {}

    static void await(TestTopic topic) {
        try (Admin admin = topic.admin()) {
            Awaitility.await("the end of transactions of " + topic.name())
                    .pollDelay(Duration.ZERO)
                    // Its coordinator may be moving.
                    .ignoreException(IllegalStateException.class)
                    .until(() -> !hasOpen(topic, admin)
                            || BrokerAnswer.of(admin.listTransactions(DECIDED).all())
                                    .isEmpty());
        }
    }

    private static boolean hasOpen(TestTopic topic, Admin admin) {
        return !ends(topic, admin, IsolationLevel.READ_COMMITTED)
                .equals(ends(topic, admin, IsolationLevel.READ_UNCOMMITTED));
    }

    private static Map<TopicPartition, Long> ends(TestTopic topic, Admin admin, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = topic.all().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return BrokerAnswer.of(admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }
}
