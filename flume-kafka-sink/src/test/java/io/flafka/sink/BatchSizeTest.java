// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.apache.flume.Context;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.PseudoTxnMemoryChannel;
import org.junit.jupiter.api.Test;

/** Tests how many events a batch may have with the channels that Flume has. */
class BatchSizeTest {

    private static final long ONE_MB = 1 << 20;
    private static final OptionalInt UNSET = OptionalInt.empty();

    @Test
    void isThatOfTheAgentFile() {
        BatchSize configured = BatchSize.of(OptionalInt.of(700), memoryChannel(3));

        assertThat(configured).isEqualTo(BatchSize.of(OptionalInt.of(700), null));
        assertThat(configured.events()).isEqualTo(700);
        assertThat(configured.isReached(699, 100 * ONE_MB)).isFalse();
        assertThat(configured.isReached(700, 0)).isTrue();
    }

    @Test
    void isTheCapacityOfTheChannelsTransactions() {
        assertThat(BatchSize.of(UNSET, memoryChannel(250)).events()).isEqualTo(250);
        assertThat(BatchSize.of(UNSET, memoryChannel(20))).isEqualTo(new BatchSize(20, 20));
    }

    @Test
    void isAThousandSmallEventsWithALargerCapacity() {
        BatchSize size = BatchSize.of(UNSET, memoryChannel(5000));

        assertThat(size.events()).isEqualTo(1000);
        assertThat(size.isReached(999, ONE_MB - 1)).isFalse();
        assertThat(size.isReached(1000, 0)).isTrue();
    }

    @Test
    void isAHundredLargeEvents() {
        BatchSize size = BatchSize.of(UNSET, memoryChannel(5000));

        assertThat(size.isReached(99, 100 * ONE_MB)).isFalse();
        assertThat(size.isReached(100, 100 * ONE_MB)).isTrue();
        assertThat(size.isReached(500, ONE_MB)).isTrue();
    }

    @Test
    void isAHundredIfTheChannelDoesNotTellItsCapacity() {
        assertThat(BatchSize.of(UNSET, new PseudoTxnMemoryChannel()).events()).isEqualTo(100);
    }

    @Test
    void fitsEachChannelUntilFlumeSetsOne() {
        assertThat(BatchSize.of(UNSET, null).events()).isEqualTo(1);
    }

    private static MemoryChannel memoryChannel(int transactionCapacity) {
        MemoryChannel channel = new MemoryChannel();
        channel.setName("c");
        channel.configure(
                new Context(Map.of("capacity", "10000", "transactionCapacity", Integer.toString(transactionCapacity))));
        return channel;
    }
}
