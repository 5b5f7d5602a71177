// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which known name is taken for the one that was meant. */
class NearestNameTest {

    private static final List<String> NAMES =
            List.of("batchSize", "kafka.topics", "kafka.bootstrap.servers", "kafka.consumer.group.id", "topicHeader");

    @ParameterizedTest
    @CsvSource({
        "batchsize,batchSize",
        "batchSzie,batchSize",
        "bachSize,batchSize",
        "kafka.bootstrap.server,kafka.bootstrap.servers",
        "bootstrap.servers,kafka.bootstrap.servers",
        "group.id,kafka.consumer.group.id",
        "kafka.group.id,kafka.consumer.group.id",
        "topics,kafka.topics",
        "topicheaders,topicHeader"
    })
    void findsWhatWasMeant(String written, String meant) {
        assertThat(NearestName.to(written, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"foo", "size", "somethingElseAltogether"})
    void findsNothingWhereNothingIsNear(String written) {
        assertThat(NearestName.to(written, NAMES)).isEmpty();
    }

    @Test
    void countsASwapOfNeighboursAsOneSlip() {
        assertThat(NearestName.slips("szie", "size")).isEqualTo(1);
        assertThat(NearestName.slips("", "abc")).isEqualTo(3);
        assertThat(NearestName.slips("kitten", "sitting")).isEqualTo(3);
    }
}
