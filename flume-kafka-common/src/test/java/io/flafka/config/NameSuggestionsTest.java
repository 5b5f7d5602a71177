// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which known name is suggested for an unknown one. */
class NameSuggestionsTest {

    private static final NameSuggestions NAMES = new NameSuggestions(
            own(
                    "batchSize=batchSize",
                    "kafka.topics=kafka.topics",
                    "topic=kafka.topics",
                    "kafka.bootstrap.servers=kafka.bootstrap.servers",
                    "metadata.broker.list=kafka.bootstrap.servers",
                    "kafka.consumer.group.id=kafka.consumer.group.id",
                    "topicHeader=topicHeader"),
            List.of(
                    "kafka.consumer.fetch.min.bytes",
                    "kafka.producer.batch.size",
                    "kafka.producer.bootstrap.servers",
                    "kafka.consumer.retry.a",
                    "kafka.producer.retry.b",
                    "kafka.producer.acks"),
            List.of("type", "channels"));

    @ParameterizedTest
    @CsvSource({
        "batchsize,batchSize",
        "batchSzie,batchSize",
        "bachSize,batchSize",
        "batch_size,batchSize",
        "batch.size,batchSize",
        "kafka.producer.Batch.size,kafka.producer.batch.size",
        "kafka.batchSize,batchSize",
        "kafka.producer.batchSize,kafka.producer.batch.size",
        "kafka.bootstrap.server,kafka.bootstrap.servers",
        "kafka.kafka.bootstrap.servers,kafka.bootstrap.servers",
        "bootstrap.servers,kafka.bootstrap.servers",
        "consumer.bootstrap.servers,kafka.bootstrap.servers",
        "metadata.borker.list,kafka.bootstrap.servers",
        "group.id,kafka.consumer.group.id",
        "kafka.group.id,kafka.consumer.group.id",
        "fetch.min.byte,kafka.consumer.fetch.min.bytes",
        "kafka.producer.fetch.min.byte,kafka.consumer.fetch.min.bytes",
        "kafka.producer.retry.c,kafka.producer.retry.b",
        "kafka.consumer.retry.c,kafka.consumer.retry.a",
        "topics,kafka.topics",
        "kafka.topik,kafka.topics",
        "topicheaders,topicHeader",
        "topic.header,topicHeader",
        "sinks.k1.kafka.topics,kafka.topics",
        "sinks.k1.topicheader,topicHeader",
        "tpye,type",
        "channel,channels",
        "kafka.consumers.fetch.min.bytes,kafka.consumer.fetch.min.bytes",
        "kakfa.topics,kafka.topics",
        "kafka.producer.bootstrap.server,kafka.bootstrap.servers"
    })
    void findsTheClosestName(String written, String meant) {
        assertThat(NAMES.closestTo(written)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "foo",
        "size",
        "id",
        "ac",
        "kafka.",
        "somethingElseAltogether",
        "sinks.k1.topic",
        "producer.type",
        "kafka.consumer.schema.registry.url",
        "kafka.producer.my.api.key"
    })
    void findsNothingIfNoNameIsClose(String written) {
        assertThat(NAMES.closestTo(written)).isEmpty();
    }

    @Test
    void countsASwapOfNeighboursAsOneTypo() {
        assertThat(NameSuggestions.typos("szie", "size")).isEqualTo(1);
        assertThat(NameSuggestions.typos("", "abc")).isEqualTo(3);
        assertThat(NameSuggestions.typos("kitten", "sitting")).isEqualTo(3);
    }

    private static Map<String, String> own(String... pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String pair : pairs) {
            names.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return names;
    }
}
