// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.event.UnwritableEventException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sorts failures by what the operator can do. */
class FailureClassifierTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TimeoutException("no broker"), FailureKind.RETRY),
                Arguments.of(new NotLeaderOrFollowerException("moved"), FailureKind.RETRY),
                Arguments.of(new UnknownTopicOrPartitionException("not yet"), FailureKind.RETRY),
                Arguments.of(new IllegalStateException("unknown"), FailureKind.RETRY),
                Arguments.of(new RecordTooLargeException("2 MB"), FailureKind.BAD_RECORD),
                Arguments.of(new InvalidTopicException("a b"), FailureKind.BAD_RECORD),
                Arguments.of(new UnwritableEventException("no number"), FailureKind.BAD_RECORD),
                Arguments.of(new ExecutionException(new RecordTooLargeException("2 MB")), FailureKind.BAD_RECORD),
                Arguments.of(
                        new TimeoutException("no topic", new UnknownTopicOrPartitionException("t")), FailureKind.FATAL),
                Arguments.of(new TopicAuthorizationException("t"), FailureKind.FATAL),
                Arguments.of(new SaslAuthenticationException("wrong password"), FailureKind.FATAL),
                Arguments.of(new InvalidProducerEpochException("newer"), FailureKind.FATAL),
                Arguments.of(
                        new UnusableClassException("com.example.P", new NoClassDefFoundError("com/example/Dep")),
                        FailureKind.FATAL));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void sortsFailures(Exception failure, FailureKind kind) {
        assertThat(FailureClassifier.kindOf(failure)).isEqualTo(kind);
    }
}
