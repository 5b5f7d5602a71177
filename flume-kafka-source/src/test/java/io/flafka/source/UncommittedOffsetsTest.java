// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is owed to Kafka: never ahead of what was handed over, never for a partition that is gone. */
class UncommittedOffsetsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final UncommittedOffsets ledger = new UncommittedOffsets();

    @Test
    void owesKafkaTheOffsetAfterTheLastRecordHandedOver() {
        ledger.handedOver(FIRST, 41, Optional.empty());
        ledger.handedOver(FIRST, 42, Optional.empty());
        ledger.handedOver(SECOND, 7, Optional.empty());

        assertThat(ledger.uncommitted())
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(43), SECOND, new OffsetAndMetadata(8)));
    }

    @Test
    void owesNothingOnceItIsCommitted() {
        ledger.handedOver(FIRST, 42, Optional.empty());

        ledger.committed(ledger.uncommitted());

        assertThat(ledger.uncommitted()).isEmpty();
    }

    @Test
    void stillOwesWhatWasHandedOverAfterTheCommitWasSent() {
        ledger.handedOver(FIRST, 42, Optional.empty());
        Map<TopicPartition, OffsetAndMetadata> sent = ledger.uncommitted();
        ledger.handedOver(FIRST, 43, Optional.empty());

        ledger.committed(sent);

        assertThat(ledger.uncommitted()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(44)));
    }

    @Test
    void forgetsPartitionsThatBelongToAnotherMember() {
        ledger.handedOver(FIRST, 42, Optional.empty());
        ledger.handedOver(SECOND, 7, Optional.empty());

        ledger.drop(List.of(FIRST));

        assertThat(ledger.uncommitted()).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(8)));
    }

    @Test
    void tellsWhatIsOwedOfSomePartitions() {
        ledger.handedOver(FIRST, 42, Optional.empty());
        ledger.handedOver(SECOND, 7, Optional.empty());

        assertThat(ledger.uncommitted(List.of(SECOND))).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(8)));
    }
}
