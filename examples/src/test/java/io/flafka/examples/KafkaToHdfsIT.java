// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topic of CSV lines is written to CSV files. */
@Tag("full")
class KafkaToHdfsIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    static final SharedHdfs HDFS = new SharedHdfs();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("kafka-to-hdfs").withHadoop();

    @Test
    void writesEachLineToTheFolderOfItsRecordsDay() {
        TestTopic topic = TestTopic.create(KAFKA.cluster(), "orders", 1);
        Instant today = Instant.now();
        Instant yesterday = today.minus(Duration.ofDays(1));
        topic.send(records("2026,late,", 5, yesterday));
        agent.replacing("localhost:9092", KAFKA.bootstrapServers())
                .replacing("hdfs://localhost:8020", HDFS.uri())
                .start();

        HDFS.awaitLines("/flume/orders", 5);
        topic.send(records("2026,new,", 30, today));
        HDFS.awaitLines("/flume/orders", 35);
        List<String> warnings = agent.stop();

        Map<String, List<String>> files = HDFS.files("/flume/orders");
        assertThat(files.keySet())
                .satisfiesExactly(
                        file -> assertThat(file).matches("/flume/orders/" + day(yesterday) + "/events\\.[0-9]+\\.csv"),
                        file -> assertThat(file).matches("/flume/orders/" + day(today) + "/events\\.[0-9]+\\.csv"));
        assertThat(files.values()).containsExactly(lines("2026,late,", 5), lines("2026,new,", 30));
        assertThat(topic.committed("orders-to-hdfs")).isEqualTo(Map.of(0, 35L));
        assertThat(warnings).isEmpty();
    }

    private static List<ProducerRecord<byte[], byte[]>> records(String prefix, int count, Instant time) {
        return lines(prefix, count).stream()
                .map(line -> new ProducerRecord<byte[], byte[]>(
                        "orders", 0, time.toEpochMilli(), null, line.getBytes(UTF_8)))
                .toList();
    }

    private static List<String> lines(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
