// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import io.flafka.event.UnwritableEventException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Sorts the failures of Kafka clients into {@link FailureKind}s, for all three components. Stateless. */
public final class FailureClassifier {

    private static final List<Class<? extends Exception>> BAD_RECORD = List.of(
            RecordTooLargeException.class,
            RecordBatchTooLargeException.class,
            InvalidTopicException.class,
            InvalidTimestampException.class,
            InvalidRecordException.class,
            SerializationException.class,
            UnwritableEventException.class);

    private static final List<Class<? extends Exception>> FATAL = List.of(
            AuthenticationException.class,
            AuthorizationException.class,
            FencedInstanceIdException.class,
            ProducerFencedException.class,
            InvalidOffsetException.class,
            InvalidProducerEpochException.class,
            InvalidConfigurationException.class,
            UnsupportedVersionException.class,
            UnusableClassException.class);

    private FailureClassifier() {}

    /** Returns the kind of a failure. An unknown failure is {@link FailureKind#RETRY}: giving up could lose events, a retry cannot. */
    public static FailureKind kindOf(@Nullable Throwable failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        if (isOneOf(BAD_RECORD, cause)) {
            return FailureKind.BAD_RECORD;
        }
        return isOneOf(FATAL, cause) || isMissingTopic(cause) ? FailureKind.FATAL : FailureKind.RETRY;
    }

    /**
     * Returns whether Kafka will never accept this record, because of its content or its topic. A topic that this client may not write to counts:
     * only the events that name it fail.
     */
    public static boolean isOfRecord(@Nullable Throwable failure) {
        return failure instanceof TopicAuthorizationException || kindOf(failure) == FailureKind.BAD_RECORD;
    }

    /**
     * A producer asks the brokers to create a missing topic, and waits. If the topic is still missing after {@code max.block.ms}, the brokers do not
     * create topics. Without that wait, the topic may be so new that not every broker knows it yet.
     */
    public static boolean isMissingTopic(@Nullable Throwable failure) {
        return failure instanceof TimeoutException && failure.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private static boolean isOneOf(List<Class<? extends Exception>> kinds, @Nullable Throwable failure) {
        return kinds.stream().anyMatch(kind -> kind.isInstance(failure));
    }
}
