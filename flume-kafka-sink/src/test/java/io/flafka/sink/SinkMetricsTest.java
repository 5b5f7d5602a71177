// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.MBeanAttributes;
import javax.management.JMException;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounterMBean;
import org.junit.jupiter.api.Test;

/** The attributes of a sink in JMX. */
class SinkMetricsTest {

    private static final String NAME = "org.apache.flume.sink:type=k1";

    @Test
    void showsAttributesOfStockAndFailureCounters() throws JMException {
        SinkMetrics metrics = new SinkMetrics("k1");

        metrics.start();
        metrics.incrementEventWriteFail();

        assertThat(MBeanAttributes.of(NAME))
                .containsAll(MBeanAttributes.declaredBy(KafkaSinkCounterMBean.class))
                .contains("EventWriteFail", "ChannelReadFail", "BadRecordCount");
        assertThat(MBeanAttributes.value(NAME, "EventWriteFail")).isEqualTo(1L);
    }
}
