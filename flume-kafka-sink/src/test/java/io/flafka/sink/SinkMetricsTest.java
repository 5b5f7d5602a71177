// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.MBeanAttributes;
import javax.management.JMException;
import org.apache.flume.instrumentation.SinkCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounterMBean;
import org.junit.jupiter.api.Test;

/** The attributes of a sink in JMX. */
class SinkMetricsTest {

    private static final String NAME = "org.apache.flume.sink:type=k1";

    private final SinkMetrics metrics = new SinkMetrics("k1");

    @Test
    void showsAttributesOfStockAndItsOwn() throws JMException {
        metrics.start();
        metrics.incrementEventWriteFail();

        assertThat(MBeanAttributes.of(NAME))
                .containsAll(MBeanAttributes.declaredBy(KafkaSinkCounterMBean.class))
                .containsAll(MBeanAttributes.declaredBy(SinkCounterMBean.class))
                .contains("BadRecordCount", "HeldUpMillis", "KafkaConnection", "LastError");
        assertThat(MBeanAttributes.value(NAME, "EventWriteFail")).isEqualTo(1L);
        assertThat(MBeanAttributes.value(NAME, "Type")).isEqualTo("SINK");
    }

    @Test
    void isHeldUpFromAFailureToTheNextSuccess() {
        metrics.onSuccess();
        assertThat(metrics.group().number("HeldUpMillis")).isZero();

        await().until(() -> {
            metrics.onFailure("no answer");
            return metrics.group().number("HeldUpMillis") > 0;
        });
        metrics.onSuccess();

        long heldUp = metrics.group().number("HeldUpMillis");
        assertThat(metrics.group().find("LastError")).contains("no answer");
        assertThat(metrics.group().number("HeldUpMillis")).isEqualTo(heldUp);
    }
}
