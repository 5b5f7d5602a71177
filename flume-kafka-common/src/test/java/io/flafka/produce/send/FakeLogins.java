// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The metrics with which Kafka's client counts logins and requests, for a mock producer, which has none. */
public final class FakeLogins {

    /** The {@code client.id} of the mock producers. */
    static final String CLIENT_ID = "flafka-mock";

    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger sentRecords = new AtomicInteger();

    private record Counter(MetricName metricName, AtomicInteger count) implements Metric {

        @Override
        public Object metricValue() {
            return count.doubleValue();
        }
    }

    private FakeLogins() {}

    /** Adds the metrics to a producer. */
    public static FakeLogins of(MockProducer<String, byte[]> producer) {
        FakeLogins logins = new FakeLogins();
        logins.addTo(producer, "failed-authentication-total", logins.refused);
        logins.addTo(producer, "successful-authentication-total", logins.accepted);
        logins.addTo(producer, "request-total", logins.requests);
        logins.addTo(producer, "record-send-total", logins.sentRecords);
        return logins;
    }

    private void addTo(MockProducer<String, byte[]> producer, String name, AtomicInteger count) {
        MetricName metricName = new MetricName(name, "producer-metrics", "", Map.of("client-id", CLIENT_ID));
        producer.setMockMetrics(metricName, new Counter(metricName, count));
    }

    /** Counts further requests. */
    void countRequests(int count) {
        requests.addAndGet(count);
    }

    /** Counts further records that were sent. */
    public void countRecords(int count) {
        sentRecords.addAndGet(count);
    }

    public void refuse() {
        refused.incrementAndGet();
    }

    public void accept() {
        accepted.incrementAndGet();
    }
}
