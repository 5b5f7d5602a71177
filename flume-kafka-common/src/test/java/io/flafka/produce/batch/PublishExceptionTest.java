// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** Which record is blamed if several of a transaction failed with the same reason. */
class PublishExceptionTest {

    @Test
    void blamesTheBadRecord() {
        PublishException timeout = failure(0, new TimeoutException("late"));
        PublishException bad = failure(1, new RecordTooLargeException("large"));

        assertThat(PublishException.mostSpecific(List.of(timeout, bad, failure(2, new TimeoutException("late")))))
                .isSameAs(bad);
    }

    /** Kafka's client fails the records that it has not sent yet with the reason of the one that it could not accept. */
    @Test
    void blamesTheLastRecordForAMissingTopic() {
        TimeoutException missing = new TimeoutException("missing", new UnknownTopicOrPartitionException("b"));
        PublishException innocent = failure(0, missing);
        PublishException last = failure(1, missing);

        assertThat(PublishException.mostSpecific(List.of(innocent, last))).isSameAs(last);
    }

    @Test
    void blamesTheFirstRecordOtherwise() {
        PublishException first = failure(0, new TimeoutException("late"));

        assertThat(PublishException.mostSpecific(List.of(first, failure(1, new TimeoutException("late")))))
                .isSameAs(first);
    }

    private static PublishException failure(int index, Exception cause) {
        return new PublishException(index, 3, "reason", new ProducerRecord<>("t", new byte[0]), cause);
    }
}
