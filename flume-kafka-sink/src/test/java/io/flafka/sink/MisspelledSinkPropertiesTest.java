// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The warnings about names that are misspelt, or that belong to another component or an older plugin. */
class MisspelledSinkPropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka.topicHeader                          | topicHeader
            kafka.producer.topicHeader                 | topicHeader
            kafka.producer.requiredAcks                | kafka.producer.acks
            kafka.requiredAcks                         | kafka.producer.acks
            request.required.acks                      | kafka.producer.acks
            metadata.borker.list                       | kafka.bootstrap.servers
            broker.list                                | kafka.bootstrap.servers
            brokerlist                                 | kafka.bootstrap.servers
            kafka.brokerList                           | kafka.bootstrap.servers
            bootstrap.servers                          | kafka.bootstrap.servers
            kafka.bootstrapServers                     | kafka.bootstrap.servers
            kafka.producer.bootstrap.server            | kafka.bootstrap.servers
            partitioner.class                          | kafka.producer.partitioner.class
            kafka.allowTopicOverride                   | allowTopicOverride
            acks                                       | kafka.producer.acks
            kafka.acks                                 | kafka.producer.acks
            kafka.linger.ms                            | kafka.producer.linger.ms
            compression.type                           | kafka.producer.compression.type
            kafka.compressionType                      | kafka.producer.compression.type
            kafka.producer.compresion.type             | kafka.producer.compression.type
            kafka.security.protocol                    | kafka.producer.security.protocol
            flume.batch.size                           | flumeBatchSize
            kafka.keyHeader                            | keyHeader
            useFlumeEventformat                        | useFlumeEventFormat
            sinks.k1.kafka.topic                       | kafka.topic
            chanel                                     | channel
            kafka.producer.errors.tolerance            | errors.tolerance
            """)
    void suggestsNameThatWasMeant(String written, String meant) {
        assertThat(SinkProperties.SET.read("x", Map.of(written, "1")).problems().warnings())
                .singleElement()
                .asString()
                .endsWith("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo",
                "size",
                "kafka.foo",
                "custom",
                "name",
                "fields",
                "kafka.producer.schema.registry.url",
                "kafka.producer.my.api.key",
                "kafka.client.my.interceptor.fields",
                "description",
                "kafka.producer.basic.auth.user.info"
            })
    void suggestsNothingForUnknownName(String written) {
        assertThat(SinkProperties.SET.read("x", Map.of(written, "1")).problems().warnings())
                .singleElement()
                .asString()
                .matches(".* is not known (and has no effect|to Kafka and is passed on unchanged)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            parseAsFlumeEvent              | write useFlumeEventFormat instead
            custom.topic.name              | write kafka.topic instead
            custom.partition.key           | keyHeader
            partition.key                  | keyHeader
            serializer.class               | write kafka.producer.value.serializer
            producer.type                  | remove it
            custom.encoding                | remove it
            max.message.size               | write kafka.producer.max.request.size
            """)
    void explainsObsoleteName(String written, String advice) {
        assertThat(SinkProperties.SET.read("x", Map.of(written, "1")).problems().warnings())
                .singleElement()
                .asString()
                .startsWith(written + " has no effect: ")
                .contains(advice);
    }
}
