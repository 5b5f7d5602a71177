// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.produce.batch.PublishException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds the first bad record of a transaction, even if Kafka's client reports the same failure for others. */
class BadRecordSearchTest {

    private static final int COUNT = 1000;
    private static final List<ProducerRecord<String, byte[]>> RECORDS = IntStream.range(0, COUNT)
            .mapToObj(i -> new ProducerRecord<>("t", Integer.toString(i), new byte[0]))
            .toList();

    private final RecordTooLargeException tooLarge = new RecordTooLargeException("too large");
    private final PublishException ofAll = new PublishException(0, COUNT, "too large", RECORDS.get(0), tooLarge);
    private int probes;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 500, 998, 999})
    void findsABadRecordAtAnyIndexWithAFewProbes(int bad) throws PublishException {
        PublishException found = search(Set.of(bad)).find(RECORDS, ofAll);

        assertThat(found.firstFailed()).isEqualTo(bad);
        assertThat(found)
                .hasMessage(
                        "record %d of 1000, for topic t, was not acknowledged: too large; the flow stops at this record until the cause is fixed",
                        bad + 1)
                .hasCause(tooLarge);
        assertThat(probes).isLessThanOrEqualTo(11);
    }

    @Test
    void findsTheFirstOfSeveral() throws PublishException {
        assertThat(search(Set.of(700, 30, 31)).find(RECORDS, ofAll).firstFailed())
                .isEqualTo(30);
    }

    @Test
    void namesNoRecordIfEachIsAcceptedAlone() throws PublishException {
        PublishException found = search(Set.of()).find(RECORDS, ofAll);

        assertThat(found)
                .hasMessage("the Kafka transaction of 1000 records was not confirmed: too large")
                .hasNoCause();
        assertThat(found.firstFailed()).isEqualTo(COUNT);
    }

    @Test
    void stopsIfAProbeFailsForAnotherReason() {
        PublishException lost = PublishException.ofTransaction(500, "no answer", new TimeoutException());
        BadRecordSearch search = new BadRecordSearch(records -> {
            throw lost;
        });

        assertThatThrownBy(() -> search.find(RECORDS, ofAll)).isSameAs(lost);
    }

    private BadRecordSearch search(Set<Integer> bad) {
        return new BadRecordSearch(records -> {
            probes++;
            if (records.stream().anyMatch(record -> bad.contains(Integer.valueOf(record.key())))) {
                // Kafka's client may report this failure for any of them.
                throw new PublishException(0, records.size(), "too large", records.get(0), tooLarge);
            }
        });
    }
}
