// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounterMBean;
import org.junit.jupiter.api.Test;

/** What JMX shows of the three components. */
class MetricsTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @Test
    void theSourceShowsStocksAttributesAndTheHiddenOnes() throws JMException {
        SourceMetrics metrics = new SourceMetrics("r1");

        metrics.start();
        metrics.incrementEventReadFail();

        ObjectName name = new ObjectName("org.apache.flume.source:type=r1");
        assertThat(attributes(name))
                .containsAll(attributesOf(KafkaSourceCounterMBean.class))
                .contains(
                        "EventReadFail",
                        "ChannelWriteFail",
                        "GenericProcessingFail",
                        "OffsetCommitFailCount",
                        "ExpelledCount",
                        "BadRecordCount");
        assertThat(SERVER.getAttribute(name, "EventReadFail")).isEqualTo(1L);
        assertThat(SERVER.getAttribute(name, "Type")).isEqualTo("SOURCE");
    }

    @Test
    void theSinkShowsStocksAttributesAndTheHiddenOnes() throws JMException {
        SinkMetrics metrics = new SinkMetrics("k1");

        metrics.start();
        metrics.incrementEventWriteFail();

        ObjectName name = new ObjectName("org.apache.flume.sink:type=k1");
        assertThat(attributes(name))
                .containsAll(attributesOf(KafkaSinkCounterMBean.class))
                .contains("EventWriteFail", "ChannelReadFail", "BadRecordCount");
        assertThat(SERVER.getAttribute(name, "EventWriteFail")).isEqualTo(1L);
    }

    @Test
    void theChannelShowsStocksAttributesAndItsFailures() throws JMException {
        ChannelMetrics metrics = new ChannelMetrics("c1");

        metrics.start();
        metrics.incrementOffsetCommitFailCount();

        ObjectName name = new ObjectName("org.apache.flume.channel:type=c1");
        assertThat(attributes(name))
                .containsAll(attributesOf(KafkaChannelCounterMBean.class))
                .contains("EventPutFailCount", "EventTakeFailCount", "OffsetCommitFailCount", "BadRecordCount");
        assertThat(SERVER.getAttribute(name, "OffsetCommitFailCount")).isEqualTo(1L);
    }

    @Test
    void aNewStartCountsFromZero() {
        SourceMetrics metrics = new SourceMetrics("r2");
        metrics.start();
        metrics.incrementOffsetCommitFailCount();
        metrics.incrementExpelledCount();
        assertThat(metrics.getExpelledCount()).isEqualTo(1);

        metrics.start();

        assertThat(metrics.getOffsetCommitFailCount()).isZero();
        assertThat(metrics.getExpelledCount()).isZero();
    }

    private static List<String> attributes(ObjectName name) throws JMException {
        return Arrays.stream(SERVER.getMBeanInfo(name).getAttributes())
                .map(MBeanFeatureInfo::getName)
                .toList();
    }

    private static List<String> attributesOf(Class<?> stock) {
        return Arrays.stream(stock.getMethods())
                .map(method -> method.getName().substring("get".length()))
                .toList();
    }
}
