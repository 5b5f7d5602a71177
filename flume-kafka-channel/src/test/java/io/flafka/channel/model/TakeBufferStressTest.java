// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.channel.take.TakeOrdering;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two readers and four sinks use the buffer at the same time: each record is delivered, in order if that is promised, and no offset is too high. */
class TakeBufferStressTest {

    @ParameterizedTest
    @EnumSource(TakeOrdering.class)
    void keepsItsPromisesWithManyThreads(TakeOrdering ordering) {
        long seed = new Random().nextLong();

        assertThatCode(() -> new TakeBufferStress(new TakeBufferStress.Size(ordering, 2, 4, 10_000), seed).run())
                .as("seed %d", seed)
                .doesNotThrowAnyException();
    }

    @Test
    void findsASinkThatCommitsARecordThatItHasNotDelivered() {
        TakeBufferStress.Size size = new TakeBufferStress.Size(TakeOrdering.PARTITION, 2, 4, 10_000);

        assertThatThrownBy(() -> new TakeBufferStress(size, 1) {
                    @Override
                    void deliver(List<ConsumerRecord<byte[], byte[]>> taken) {
                        super.deliver(taken.subList(0, Math.min(taken.size(), 25)));
                    }
                }.run())
                .rootCause()
                .isInstanceOf(AssertionError.class);
    }
}
