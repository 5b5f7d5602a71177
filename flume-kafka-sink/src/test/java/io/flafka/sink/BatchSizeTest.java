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

    private final BatchSize unset = new BatchSize(OptionalInt.empty());

    @Test
    void isThatOfTheAgentFile() {
        BatchSize configured = new BatchSize(OptionalInt.of(7));

        assertThat(configured.with(null)).isEqualTo(7);
        assertThat(configured.with(memoryChannel(3))).isEqualTo(7);
    }

    @Test
    void isTheCapacityOfTheChannelsTransactions() {
        assertThat(unset.with(memoryChannel(250))).isEqualTo(250);
    }

    @Test
    void isAThousandWithALargerCapacity() {
        assertThat(unset.with(memoryChannel(5000))).isEqualTo(1000);
    }

    @Test
    void isAHundredIfTheChannelDoesNotTellItsCapacity() {
        assertThat(unset.with(new PseudoTxnMemoryChannel())).isEqualTo(100);
    }

    @Test
    void fitsEachChannelUntilFlumeSetsOne() {
        assertThat(unset.with(null)).isEqualTo(1);
    }

    private static MemoryChannel memoryChannel(int transactionCapacity) {
        MemoryChannel channel = new MemoryChannel();
        channel.setName("c");
        channel.configure(
                new Context(Map.of("capacity", "10000", "transactionCapacity", Integer.toString(transactionCapacity))));
        return channel;
    }
}
