// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.MBeanAttributes;
import javax.management.JMException;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounterMBean;
import org.junit.jupiter.api.Test;

/** Tests the JMX attributes of a source. */
class SourceMetricsTest {

    private static final String NAME = "org.apache.flume.source:type=r1";

    private final SourceMetrics metrics = new SourceMetrics("r1");

    @Test
    void showsStocksAttributesAndItsHiddenCounters() throws JMException {
        metrics.start();
        metrics.incrementEventReadFail();

        assertThat(MBeanAttributes.of(NAME))
                .containsAll(MBeanAttributes.declaredBy(KafkaSourceCounterMBean.class))
                .contains(
                        "EventReadFail",
                        "ChannelWriteFail",
                        "GenericProcessingFail",
                        "OffsetCommitFailCount",
                        "ExpelledCount",
                        "BadRecordCount");
        assertThat(MBeanAttributes.value(NAME, "EventReadFail")).isEqualTo(1L);
        assertThat(MBeanAttributes.value(NAME, "Type")).isEqualTo("SOURCE");
    }

    @Test
    void aStartResetsTheCounters() {
        metrics.start();
        metrics.consumer().onCommitFailed();
        metrics.consumer().onExpelled();
        assertThat(metrics.group().number("ExpelledCount")).isEqualTo(1);

        metrics.start();

        assertThat(metrics.group().number("OffsetCommitFailCount")).isZero();
        assertThat(metrics.group().number("ExpelledCount")).isZero();
    }
}
