// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink sends again after a rollback: not the very events that Kafka has, but all others, even if they are equal. */
class ResendAfterFailureTest extends DrainFixture {

    @Test
    void sendsEqualEventsAfterCommitThatFailedLate() throws EventDeliveryException {
        channel.add("beat", "beat", "beat", "beat", "beat", "beat", "beat", "beat");
        channel.commitFailsLate = true;

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessage("KafkaSink k1: Kafka has the batch, but the channel did not commit it: no answer");
        channel.commitFailsLate = false;
        while (drain.drain(channel) == Status.READY) {
            assertThat(metrics.getRollbackCount()).isEqualTo(1);
        }

        assertThat(producer.published()).hasSize(8);
    }

    @Test
    void resendsEventsAfterFailedCommit() throws EventDeliveryException {
        channel.add("a");
        channel.commitFails = true;

        assertThatThrownBy(() -> drain.drain(channel))
                .hasMessage("KafkaSink k1: Kafka has the batch, but the channel did not commit it: commit failed");
        channel.commitFails = false;
        drain.drain(channel);

        assertThat(producer.published()).containsExactly("a", "a");
        assertThat(metrics.getRollbackCount()).isEqualTo(1);
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(1);
    }

    @Test
    void resendsCopiesAfterFailedRollback() throws EventDeliveryException {
        deliverFirstEvent();
        channel.givesCopies = true;
        channel.add("beat", "bad");
        producer.refusedByBroker.add("bad");
        channel.rollbackFails = true;

        assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");
        producer.refusedByBroker.clear();
        deliverAll();

        assertThat(producer.published()).containsExactly("first", "beat", "beat", "bad");
    }

    @Test
    void doesNotResendCopiesOfAcknowledgedEvents() throws EventDeliveryException {
        deliverFirstEvent();
        channel.givesCopies = true;
        channel.add("beat", "bad", "beat", "beat", "beat", "beat");
        producer.refusedByBroker.add("bad");

        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");
            if (attempt == 0) {
                assertThat(drain.drain(channel)).isEqualTo(Status.READY);
            }
        }
        producer.refusedByBroker.clear();
        deliverAll();

        assertThat(producer.published()).containsExactly("first", "beat", "beat", "beat", "bad", "beat", "beat");
        assertThat(metrics.getEventDrainSuccessCount()).isEqualTo(7);
    }

    @Test
    void reportsRightEventAfterOneThatIsNotResent() throws EventDeliveryException {
        channel.add("a", "bad-1", "b", "bad-2");
        producer.refusedByBroker.addAll(List.of("bad-1", "bad-2"));
        assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("event 2 of the batch");
        producer.refusedByBroker.remove("bad-1");

        assertThatThrownBy(this::deliverAll).hasMessageContaining("event 2 of the batch");
        producer.refusedByBroker.clear();
        deliverAll();

        assertThat(producer.published()).containsExactly("a", "b", "bad-1", "bad-2");
    }

    @Test
    void sendsEventsEqualToThoseThatAnotherSinkTook() throws EventDeliveryException {
        deliverFirstEvent();
        channel.givesCopies = true;
        channel.add("beat", "bad");
        producer.refusedByBroker.add("bad");
        assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");

        channel.takeAll();
        assertThat(drain.drain(channel)).isEqualTo(Status.BACKOFF);
        channel.add("beat", "beat");
        deliverAll();

        assertThat(producer.published()).containsExactly("first", "beat", "beat", "beat");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsSuchEventsAlsoIfChannelWasNeverSeenEmpty(boolean givesCopies) throws EventDeliveryException {
        deliverFirstEvent();
        channel.givesCopies = givesCopies;
        Event open = EventBuilder.withBody("open", UTF_8);
        channel.add(open, EventBuilder.withBody("closed", UTF_8));
        producer.refusedByBroker.add("closed");
        assertThatThrownBy(() -> drain.drain(channel)).hasMessageContaining("too large for the broker");

        channel.takeAll();
        channel.add(open);
        deliverAll();

        assertThat(producer.published()).containsExactly("first", "open", "open");
    }

    @Test
    void sendsNothingTwiceOrPastFailedEventOfItsPartition() throws EventDeliveryException {
        PartitionedChannel partitions = new PartitionedChannel(item -> new KafkaChannelEvent(item, item.body));
        partitions.add(List.of("0"));
        drain.drain(partitions);
        List<String> one = new ArrayList<>(Collections.nCopies(20, "beat-1"));
        one.set(2, "bad");
        partitions.add(one);
        partitions.add(Collections.nCopies(20, "beat-2"));
        producer.refusedByBroker.add("bad");

        for (int attempt = 0; attempt < 80; attempt++) {
            try {
                drain.drain(partitions);
            } catch (DeliveryFailedException refused) {
                assertThat(refused).hasMessageContaining("too large for the broker");
            }
        }
        Map<String, Long> published =
                producer.published().stream().collect(Collectors.groupingBy(body -> body, Collectors.counting()));
        // The events after "bad" in its batch were sent before the broker refused it.
        assertThat(published).isEqualTo(Map.of("0", 1L, "beat-1", 3L, "beat-2", 20L));

        producer.refusedByBroker.clear();
        while (drain.drain(partitions) == Status.READY) {
            assertThat(producer.published()).hasSizeLessThanOrEqualTo(41);
        }
        assertThat(producer.published()).hasSize(41);
    }
}
