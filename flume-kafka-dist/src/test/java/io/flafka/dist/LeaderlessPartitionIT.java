// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.EventDeliveryException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real channel and the real sink while one partition of the sink's topic has no leader. The events of each
 * partition are equal.
 */
@Timeout(240)
class LeaderlessPartitionIT {

    @RegisterExtension
    static final KafkaBrokerExtension FROM = KafkaBrokerExtension.shared();

    @RegisterExtension
    static final KafkaBrokerExtension TO = KafkaBrokerExtension.cluster(2);

    private static final int IN_EACH = 150;
    private static final int FAILURES = 6;
    // An unanswered record is sent again. So the producer waits longer than a restarted broker needs to answer.
    private static final Map<String, String> IMPATIENT = Map.of(
            "partitionIdHeader", "kafka.partition",
            "flumeBatchSize", "50",
            "kafka.producer.max.block.ms", "2000",
            "kafka.producer.request.timeout.ms", "1500",
            "kafka.producer.delivery.timeout.ms", "3000");

    @ParameterizedTest
    @ValueSource(strings = {"1", "3"})
    void sendsNoAcknowledgedEventAgainAndDeliversAllOnceThereIsALeader(String batchesInFlight) {
        TestTopic channelTopic = FROM.topic(2);
        TestTopic out = TO.topicWithoutReplicas();
        TestTopic warm = TO.topicOn(1);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < IN_EACH; i++) {
            records.add(channelTopic.record(0, "beat-0"));
            records.add(channelTopic.record(1, "beat-1"));
        }
        channelTopic.send(records);
        TO.broker(1).kill();
        try (ChannelAndSink flow = new ChannelAndSink()) {
            Map<String, String> toSink = new HashMap<>(IMPATIENT);
            toSink.put("maxInFlightBatches", batchesInFlight);
            flow.start(channelTopic, Map.of("setRecordHeaders", "true"), out, toSink);
            int failures = 0;
            while (failures < FAILURES) {
                failures += fails(flow) ? 1 : 0;
            }

            TO.broker(1).restart();
            // The first answer of a broker that has just started takes longer than the sink's producer waits.
            warm.send("warm");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .until(() -> !fails(flow) && out.sumOfEndOffsets() >= 2 * IN_EACH);

            List<String> written = out.readToEnd().stream()
                    .map(record -> record.partition() + " " + new String(record.value(), UTF_8))
                    .toList();
            assertThat(written).hasSize(2 * IN_EACH);
            assertThat(written).filteredOn("0 beat-0"::equals).hasSize(IN_EACH);
            assertThat(written).filteredOn("1 beat-1"::equals).hasSize(IN_EACH);
        }
    }

    private static boolean fails(ChannelAndSink flow) {
        try {
            flow.process();
            return false;
        } catch (EventDeliveryException noLeader) {
            return true;
        }
    }
}
