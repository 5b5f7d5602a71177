// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.AgentName;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** Shrinks buffers on a small heap, and nothing else. */
class SmallHeapDefaultsTest {

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            List.of(ClientProperties.BROKERS, ClientProperties.BATCH_BYTES),
            List.of(
                    ClientProperties.CONSUMER,
                    ClientProperties.PRODUCER,
                    ClientProperties.shared(ConsumerConfig.configDef(), ProducerConfig.configDef())),
            List.of(),
            List.of());
    private static final Set<String> SIZES = Set.of(
            "batch.size", "buffer.memory", "enable.metrics.push", "fetch.max.bytes", "max.partition.fetch.bytes");

    private final Map<String, String> parameters = new LinkedHashMap<>(Map.of("kafka.bootstrap.servers", "a:1"));

    @Test
    void usualHeapChangesNothing() {
        SmallHeapDefaults usual = new SmallHeapDefaults(200L << 20);

        assertThat(producer(usual)).isEqualTo(Map.of("batch.size", "131072"));
        assertThat(consumer(usual)).isEmpty();
        assertThat(usual.readAhead(16 << 20)).isEqualTo(16 << 20);
        assertThat(usual.note()).isEmpty();
    }

    @Test
    void slightlySmallerHeapKeepsTheSmallBuffers() {
        SmallHeapDefaults almost = new SmallHeapDefaults((200L << 20) - 1);

        assertThat(producer(almost))
                .isEqualTo(Map.of("batch.size", "131072", "buffer.memory", "26214399", "enable.metrics.push", "false"));
        assertThat(consumer(almost))
                .isEqualTo(Map.of(
                        "fetch.max.bytes",
                        "10485759",
                        "max.partition.fetch.bytes",
                        "1048576",
                        "enable.metrics.push",
                        "false"));
        assertThat(almost.readAhead(16 << 20)).isEqualTo(13107199);
        assertThat(almost.readAhead(1000)).isEqualTo(1000);
    }

    @Test
    void heapOfFlumesScriptIsShared() {
        SmallHeapDefaults flumes = new SmallHeapDefaults(20L << 20);

        assertThat(producer(flumes))
                .isEqualTo(Map.of("batch.size", "20480", "buffer.memory", "2621440", "enable.metrics.push", "false"));
        assertThat(consumer(flumes))
                .isEqualTo(Map.of(
                        "fetch.max.bytes",
                        "1048576",
                        "max.partition.fetch.bytes",
                        "262144",
                        "enable.metrics.push",
                        "false"));
        assertThat(flumes.readAhead(16 << 20)).isEqualTo(20 << 16);
        assertThat(flumes.note())
                .hasValue(
                        "the heap of 20 MB is small, so buffers that the agent file does not set are smaller than usual"
                                + " (see \"A small heap\" in the plugin's configuration.md). For the usual sizes, set JAVA_OPTS=\"-Xmx256m\" in conf/flume-env.sh");
    }

    @Test
    void recordOfUsualSizeAlwaysFits() {
        assertThat(producer(new SmallHeapDefaults(1 << 20)))
                .isEqualTo(Map.of("batch.size", "16384", "buffer.memory", "2097152", "enable.metrics.push", "false"));
    }

    @Test
    void agentFileIsNotOverridden() {
        parameters.put("kafka.client.enable.metrics.push", "true");
        parameters.put("kafka.producer.batch.size", "1000000");
        parameters.put("kafka.producer.buffer.memory", "5000000");
        parameters.put("kafka.consumer.fetch.max.bytes", "7");
        SmallHeapDefaults small = new SmallHeapDefaults(20L << 20);

        assertThat(producer(small))
                .isEqualTo(Map.of("batch.size", "1000000", "buffer.memory", "5000000", "enable.metrics.push", "true"));
        assertThat(consumer(small))
                .isEqualTo(Map.of(
                        "fetch.max.bytes", "7", "max.partition.fetch.bytes", "262144", "enable.metrics.push", "true"));
    }

    @Test
    void largerRecordsOrBatchesKeepTheUsualBuffer() {
        parameters.put("kafka.producer.max.request.size", "9000000");
        assertThat(producer(new SmallHeapDefaults(20L << 20))).doesNotContainKey("buffer.memory");

        parameters.remove("kafka.producer.max.request.size");
        parameters.put("kafka.producer.batch.size", "9000000");
        assertThat(producer(new SmallHeapDefaults(20L << 20)))
                .doesNotContainKey("buffer.memory")
                .containsEntry("batch.size", "9000000");
    }

    @Test
    void deadLettersKeepTheUsualBuffer() {
        Map<String, Object> producer = builder(new SmallHeapDefaults(20L << 20))
                .deadLetterProducer("Tester", "t1")
                .properties();

        assertThat(producer).doesNotContainKey("buffer.memory").containsEntry("max.request.size", "33554432");
    }

    @Test
    void isReportedToTheOperator() {
        PropertyValues values = SET.read("t1", parameters);
        builder(values, new SmallHeapDefaults(20L << 20));

        assertThat(values.problems().notes()).singleElement().asString().startsWith("the heap of 20 MB is small");
    }

    private Map<String, Object> producer(SmallHeapDefaults heap) {
        return sizes(builder(heap).producer("t1"));
    }

    private Map<String, Object> consumer(SmallHeapDefaults heap) {
        return sizes(builder(heap).consumer("t1"));
    }

    private static Map<String, Object> sizes(ClientSettings settings) {
        Map<String, Object> sizes = new LinkedHashMap<>(settings.properties());
        sizes.keySet().retainAll(SIZES);
        return sizes;
    }

    private ClientSettingsBuilder builder(SmallHeapDefaults heap) {
        return builder(SET.read("t1", parameters), heap);
    }

    private static ClientSettingsBuilder builder(PropertyValues values, SmallHeapDefaults heap) {
        return new ClientSettingsBuilder(values, new AgentName("a1"), new TlsDefaults(Map.of(), Map.of()), heap);
    }
}
