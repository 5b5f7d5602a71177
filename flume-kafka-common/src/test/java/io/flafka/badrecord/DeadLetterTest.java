// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.flafka.client.ClientSettings;
import io.flafka.event.UnreadableRecordException;
import io.flafka.metrics.MetricGroup;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;

/** The content of a dead letter, its log line, and the creation of its topic. */
class DeadLetterTest {

    private final UnreadableRecordException reason = new UnreadableRecordException("no event");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final Admin admin = mock(Admin.class);
    private final DescribeTopicsResult found = mock(DescribeTopicsResult.class);
    private final CreateTopicsResult created = mock(CreateTopicsResult.class);
    private final ListOffsetsResult known = mock(ListOffsetsResult.class);
    private final MetricGroup metrics = new MetricGroup();
    private final BadRecordMetrics counts = new BadRecordMetrics(metrics);
    private final LogLines log = new LogLines(BadRecordLog.class);

    @BeforeEach
    void answer() {
        when(admin.describeTopics(anyCollection())).thenReturn(found);
        when(admin.createTopics(anyCollection())).thenReturn(created);
        when(admin.listOffsets(anyMap())).thenReturn(known);
        when(found.allTopicNames()).thenReturn(KafkaFuture.completedFuture(Map.of()));
        when(created.all()).thenReturn(KafkaFuture.completedFuture(null));
        when(known.all()).thenReturn(KafkaFuture.completedFuture(Map.of()));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void anUnreadableRecordKeepsItsBytesAndGetsLocationAndReason() throws Exception {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 3, 17, new byte[] {1}, new byte[] {2});
        record.headers().add(new RecordHeader("own", new byte[] {3}));

        queue(BadRecordLog.Detail.NOTHING).dispose(BadRecord.unreadable(record, reason));

        ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
        assertThat(letter.topic()).isEqualTo("dead");
        assertThat(letter.key()).isEqualTo(new byte[] {1});
        assertThat(letter.value()).isEqualTo(new byte[] {2});
        assertThat(letter.timestamp()).isNull();
        assertThat(letter.headers().toArray()[0]).isEqualTo(new RecordHeader("own", new byte[] {3}));
        assertThat(context(letter))
                .isEqualTo(Map.of(
                        "topic",
                        "t",
                        "partition",
                        "3",
                        "offset",
                        "17",
                        "timestamp",
                        "-1",
                        "component",
                        "Tester t1",
                        "reason",
                        "t-3 offset 17: no event",
                        "exception.class.name",
                        UnreadableRecordException.class.getName(),
                        "exception.message",
                        "no event"));
        assertThat(metrics.number("BadRecordCount")).isEqualTo(1);
    }

    @Test
    void anUnwritableEventKeepsItsHeadersAndHasNoLocation() throws Exception {
        Map<String, String> headers = new HashMap<>(Map.of("h", "ü"));
        headers.put("none", null);
        headers.put(null, "nameless");

        queue(BadRecordLog.Detail.NOTHING).dispose(BadRecord.unwritable(headers, new byte[] {2}, reason));

        ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
        assertThat(letter.key()).isNull();
        assertThat(letter.headers().lastHeader("h").value()).isEqualTo("ü".getBytes(UTF_8));
        assertThat(letter.headers().lastHeader("none")).isNull();
        assertThat(context(letter))
                .containsOnlyKeys("component", "reason", "exception.class.name", "exception.message")
                .containsEntry("reason", "an event: no event");
    }

    @ParameterizedTest
    @EnumSource(BadRecordLog.Detail.class)
    void logsNoContentUnlessFlumeAllowsIt(BadRecordLog.Detail detail) throws Exception {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 3, 17, null, "secret".getBytes(UTF_8));

        queue(detail).dispose(BadRecord.unreadable(record, reason));

        String line = "WARN Tester t1: skipped t-3 offset 17: no event; written to dead letter topic dead";
        assertThat(log.lines()).isEqualTo(detail == BadRecordLog.Detail.NOTHING ? List.of() : List.of(line));
    }

    @ParameterizedTest
    @EnumSource(BadRecordLog.Detail.class)
    void logsTheContentIfFlumeAllowsIt(BadRecordLog.Detail detail) throws Exception {
        System.setProperty("org.apache.flume.log.rawdata", "true");
        try {
            ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 3, 17, null, "secret".getBytes(UTF_8));
            queue(detail).dispose(BadRecord.unreadable(record, reason));
        } finally {
            System.clearProperty("org.apache.flume.log.rawdata");
        }

        boolean isShown = detail == BadRecordLog.Detail.CONTENT;
        assertThat(log.lines().stream().anyMatch(line -> line.endsWith("; key null, value 'secret'")))
                .isEqualTo(isShown);
    }

    @Test
    void anExistingTopicIsLookedUpOnceAndNotCreated() throws Exception {
        DeadLetterQueue queue = queue(BadRecordLog.Detail.NOTHING);
        queue.dispose(bad());
        queue.dispose(bad());

        verify(admin, times(1)).describeTopics(anyCollection());
        verify(admin, never()).createTopics(anyCollection());
        verify(admin).close(Duration.ZERO);
    }

    @Test
    void aMissingTopicIsCreatedForRecordsAsLargeAsItsProducerCanSend() throws Exception {
        when(found.allTopicNames()).thenReturn(failed(new UnknownTopicOrPartitionException("dead")));

        queue(BadRecordLog.Detail.NOTHING).dispose(bad());

        ArgumentCaptor<List<NewTopic>> topics = ArgumentCaptor.captor();
        verify(admin).createTopics(topics.capture());
        assertThat(topics.getValue()).singleElement().satisfies(topic -> {
            assertThat(topic.name()).isEqualTo("dead");
            assertThat(topic.numPartitions()).isEqualTo(1);
            assertThat(topic.replicationFactor()).isEqualTo((short) 2);
            assertThat(topic.configs()).containsEntry("max.message.bytes", "5000");
        });
        verify(admin).listOffsets(anyMap());
    }

    @Test
    void aTopicCreatedByAnotherProgramInTheMeantimeIsUsed() throws Exception {
        when(found.allTopicNames()).thenReturn(failed(new UnknownTopicOrPartitionException("dead")));
        when(created.all()).thenReturn(failed(new TopicExistsException("dead")));

        queue(BadRecordLog.Detail.NOTHING).dispose(bad());

        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void aTopicWithoutAccessStopsTheFlowAndIsLookedUpAgain() throws Exception {
        DeadLetterQueue queue = queue(BadRecordLog.Detail.NOTHING);
        when(found.allTopicNames()).thenReturn(failed(new TopicAuthorizationException("denied")));
        assertThatThrownBy(() -> queue.dispose(bad()))
                .isInstanceOf(FlowStoppedException.class)
                .hasMessageContaining("denied");
        when(found.allTopicNames()).thenReturn(failed(new UnknownTopicOrPartitionException("dead")));
        when(created.all()).thenReturn(failed(new TopicAuthorizationException("not allowed to make it")));
        assertThatThrownBy(() -> queue.dispose(bad()))
                .isInstanceOf(FlowStoppedException.class)
                .hasMessageContaining("not allowed to make it");
        assertThat(producer.history()).isEmpty();
        assertThat(metrics.number("BadRecordCount")).isZero();

        when(found.allTopicNames()).thenReturn(KafkaFuture.completedFuture(Map.of()));
        queue.dispose(bad());

        assertThat(producer.history()).hasSize(1);
        assertThat(metrics.number("BadRecordCount")).isEqualTo(1);
    }

    private DeadLetterQueue queue(BadRecordLog.Detail detail) {
        return new DeadLetterQueue(
                new DeadLetterTopic(
                        "dead",
                        (short) 2,
                        new ClientSettings(Map.of("client.id", "c", "max.request.size", "5000")),
                        settings -> admin),
                settings -> producer,
                Optional.of(new DeadLetterHeaders("Tester t1")),
                counts,
                new BadRecordLog("Tester t1", detail));
    }

    private BadRecord bad() {
        return BadRecord.unwritable(Map.of(), new byte[1], reason);
    }

    /** Returns the context headers of a dead letter, without the prefix of their names. */
    private static Map<String, String> context(ProducerRecord<byte[], byte[]> letter) {
        String prefix = "__flume.errors.";
        Map<String, String> context = new HashMap<>();
        Stream.of(letter.headers().toArray())
                .filter(header -> header.key().startsWith(prefix))
                .forEach((Header header) ->
                        context.put(header.key().substring(prefix.length()), new String(header.value(), UTF_8)));
        return context;
    }

    private static <T> KafkaFuture<T> failed(Exception reason) {
        KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
        future.completeExceptionally(reason);
        return future;
    }
}
