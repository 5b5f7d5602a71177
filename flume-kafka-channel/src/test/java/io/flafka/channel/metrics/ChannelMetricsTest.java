// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.metrics.TakeMetrics.ReadAhead;
import io.flafka.consume.ConsumerLag;
import io.flafka.testing.MBeanAttributes;
import javax.management.JMException;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounterMBean;
import org.junit.jupiter.api.Test;

/** Tests the MBean of a channel. */
class ChannelMetricsTest {

    private static final String NAME = "org.apache.flume.channel:type=c1";

    private final ChannelMetrics metrics = new ChannelMetrics("c1");

    @Test
    void hasTheAttributesOfStockAndItsOwn() throws JMException {
        metrics.start();
        metrics.consumer().onCommitFailed();

        assertThat(MBeanAttributes.of(NAME))
                .containsAll(MBeanAttributes.declaredBy(KafkaChannelCounterMBean.class))
                .contains("EventPutFailCount", "EventTakeFailCount", "OffsetCommitFailCount", "BadRecordCount");
        assertThat(MBeanAttributes.value(NAME, "OffsetCommitFailCount")).isEqualTo(1L);
        assertThat(MBeanAttributes.value(NAME, "Type")).isEqualTo("CHANNEL");
    }

    @Test
    void aStartResetsTheCounters() {
        metrics.start();
        metrics.puts().onFailed();
        metrics.takes().onFailed();

        metrics.start();

        assertThat(metrics.group().number("EventPutFailCount")).isZero();
        assertThat(metrics.group().number("EventTakeFailCount")).isZero();
        assertThat(metrics.group().number("TakeHeldUpMillis")).isZero();
    }

    @Test
    void showsWhatItsRunMeasures() {
        metrics.consumer().setSources(() -> new ConsumerLag(2, 7, 5, Long.MAX_VALUE), () -> 3);
        metrics.takes().setReadAhead(() -> new ReadAhead(4, 500, 1, 3));

        assertThat(metrics.getChannelSize()).isEqualTo(7);
        assertThat(metrics.group().number("ChannelSize")).isEqualTo(7);
        assertThat(metrics.group().number("ConsumerLagMax")).isEqualTo(5);
        assertThat(metrics.group().number("AssignedPartitionCount")).isEqualTo(2);
        assertThat(metrics.group().number("ReadAheadBytes")).isEqualTo(500);
        assertThat(metrics.group().number("OpenTakeCount")).isEqualTo(1);
        assertThat(metrics.group().number("UncommittedRecordCount")).isEqualTo(3);
    }

    @Test
    void countsHowPutsAndTakesEnd() {
        metrics.puts().beginCommit();
        assertThat(metrics.group().number("InFlightPutCount")).isEqualTo(1);
        metrics.puts().onCommitted(10);
        metrics.puts().endCommit();
        metrics.takes().onCommitted(4);
        metrics.takes().onRevoked(2);

        assertThat(metrics.group().number("InFlightPutCount")).isZero();
        assertThat(metrics.group().number("PutBatchSizeMax")).isEqualTo(10);
        assertThat(metrics.group().number("TakeBatchSizeMax")).isEqualTo(4);
        assertThat(metrics.group().number("EventTakeRevokedCount")).isEqualTo(2);
    }
}
