// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write below a channel for something else, and what they are told. */
class ChannelMisprintsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafka.parseAsFlumeEvent                    | parseAsFlumeEvent
            parseAsFlumeEvents                         | parseAsFlumeEvent
            kafka.consumer.parseAsFlumeEvent           | parseAsFlumeEvent
            metadata.borker.list                       | kafka.bootstrap.servers
            kafka.capacity                             | capacity
            kafka.producer.requiredAcks                | kafka.producer.acks
            poll.timeout                               | kafka.pollTimeout
            kafka.consumer.pollTimeout                 | kafka.pollTimeout
            group.id                                   | kafka.consumer.group.id
            read.smallest.offset                       | kafka.consumer.auto.offset.reset
            kafka.consumer.acks                        | kafka.producer.acks
            commitIntervalMillis                       | kafka.commitIntervalMillis
            """)
    void aMisprintLeadsToTheNameThatWasMeant(String written, String meant) {
        assertThat(ChannelProperties.SET
                        .read("x", Map.of(written, "1"))
                        .problems()
                        .warnings())
                .singleElement()
                .asString()
                .endsWith("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "size", "keep-alive", "byteCapacity", "checkpointDir", "dataDirs"})
    void aNameThatNobodyKnowsLeadsNowhere(String written) {
        assertThat(ChannelProperties.SET
                        .read("x", Map.of(written, "1"))
                        .problems()
                        .warnings())
                .singleElement()
                .asString()
                .matches(".* is not known (and has no effect|to Kafka and is passed on unchanged)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            useFlumeEventFormat            | write parseAsFlumeEvent instead
            """)
    void aNameOfAnotherComponentOrOfThePluginOf2013LeadsToTodays(String written, String told) {
        assertThat(ChannelProperties.SET
                        .read("x", Map.of(written, "1"))
                        .problems()
                        .warnings())
                .singleElement()
                .asString()
                .startsWith(written + " has no effect: ")
                .contains(told);
    }
}
