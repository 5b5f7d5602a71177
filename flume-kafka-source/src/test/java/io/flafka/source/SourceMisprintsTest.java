// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write below a source for something else, and what they are told. */
class SourceMisprintsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka.setTopicHeader                       | setTopicHeader
            kafka.topicHeader                          | topicHeader
            kafka.useFlumeEventFormat                  | useFlumeEventFormat
            kafka.consumer.useFlumeEventFormat         | useFlumeEventFormat
            metadata.borker.list                       | kafka.bootstrap.servers
            group.id                                   | kafka.consumer.group.id
            kafka.consumer.groupId                     | kafka.consumer.group.id
            kafka.groupId                              | kafka.consumer.group.id
            zookeeper.connect                          | zookeeperConnect
            topics                                     | kafka.topics
            kafka.topcis                               | kafka.topics
            topics.regex                               | kafka.topics.regex
            kafka.topic.regex                          | kafka.topics.regex
            auto.offset.reset                          | kafka.consumer.auto.offset.reset
            kafka.consumer.auto.offset.rest            | kafka.consumer.auto.offset.reset
            kafka.batchSize                            | batchSize
            batch.size                                 | batchSize
            kafka.batchDurationMillis                  | batchDurationMillis
            max.poll.records                           | kafka.consumer.max.poll.records
            channel                                    | channels
            consumer.group.id                          | kafka.consumer.group.id
            """)
    void aMisprintLeadsToTheNameThatWasMeant(String written, String meant) {
        assertThat(SourceProperties.SET
                        .read("x", Map.of(written, "1"))
                        .problems()
                        .warnings())
                .singleElement()
                .asString()
                .endsWith("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo",
                "timeout",
                "kafka.foo",
                "kafka.consumer.specific.avro.reader",
                "kafka.consumer.schema.registry.url",
                "description",
                "headers"
            })
    void aNameThatNobodyKnowsLeadsNowhere(String written) {
        assertThat(SourceProperties.SET
                        .read("x", Map.of(written, "1"))
                        .problems()
                        .warnings())
                .singleElement()
                .asString()
                .matches(".* is not known (and has no effect|to Kafka and is passed on unchanged)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            parseAsFlumeEvent              | write useFlumeEventFormat instead
            custom.topic.name              | write kafka.topics instead
            custom.thread.per.consumer     | more sources
            auto.commit.interval.ms        | remove it
            zookeeper.session.timeout.ms   | remove it
            """)
    void aNameOfAnotherComponentOrOfThePluginOf2013LeadsToTodays(String written, String told) {
        assertThat(SourceProperties.SET
                        .read("x", Map.of(written, "1"))
                        .problems()
                        .warnings())
                .singleElement()
                .asString()
                .startsWith(written + " has no effect: ")
                .contains(told);
    }
}
