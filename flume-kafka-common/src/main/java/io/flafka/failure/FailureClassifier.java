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

/** Sorts every failure of a Kafka client once, for all three components. */
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

    /** The kind of a failure; one that is in neither list is {@link FailureKind#RETRY}, since giving up could lose events and trying again cannot. */
    public static FailureKind kindOf(@Nullable Throwable failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        if (isOneOf(BAD_RECORD, cause)) {
            return FailureKind.BAD_RECORD;
        }
        return isOneOf(FATAL, cause) || isMissingTopic(cause) ? FailureKind.FATAL : FailureKind.RETRY;
    }

    /** Whether a record is never taken, for what it is or where it goes. A topic that may not be written is bad for the event that names it: others go elsewhere. */
    public static boolean isOfRecord(@Nullable Throwable failure) {
        return failure instanceof TopicAuthorizationException || kindOf(failure) == FailureKind.BAD_RECORD;
    }

    /**
     * A producer asks the brokers to create a topic that is missing, and waits. If it is still missing after {@code max.block.ms}, they do not do that;
     * without such a wait a topic may just be so new that not every broker knows it.
     */
    private static boolean isMissingTopic(@Nullable Throwable failure) {
        return failure instanceof TimeoutException && failure.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private static boolean isOneOf(List<Class<? extends Exception>> kinds, @Nullable Throwable failure) {
        return kinds.stream().anyMatch(kind -> kind.isInstance(failure));
    }
}
