// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.MBeanAttributes;
import javax.management.JMException;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounterMBean;
import org.junit.jupiter.api.Test;

/** Tests the MBean of a channel. */
class ChannelMetricsTest {

    private static final String NAME = "org.apache.flume.channel:type=c1";

    @Test
    void hasTheAttributesOfStockAndTheFailureCounts() throws JMException {
        ChannelMetrics metrics = new ChannelMetrics("c1");

        metrics.start();
        metrics.incrementOffsetCommitFailCount();

        assertThat(MBeanAttributes.of(NAME))
                .containsAll(MBeanAttributes.declaredBy(KafkaChannelCounterMBean.class))
                .contains("EventPutFailCount", "EventTakeFailCount", "OffsetCommitFailCount", "BadRecordCount");
        assertThat(MBeanAttributes.value(NAME, "OffsetCommitFailCount")).isEqualTo(1L);
    }
}
