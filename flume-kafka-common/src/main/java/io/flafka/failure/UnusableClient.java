// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** Recognizes the failures after which a producer never works again, even once the cause is fixed: it must be replaced. Stateless. */
public final class UnusableClient {

    /**
     * An idempotent producer asks for its id once, and never again after a refused login (KAFKA-20237). The other failures put it into an error state
     * that lasts until it is closed.
     */
    private static final List<Class<? extends Exception>> CAUSES = List.of(
            AuthenticationException.class,
            ClusterAuthorizationException.class,
            TransactionalIdAuthorizationException.class,
            UnsupportedVersionException.class,
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            // Thrown by a closed producer, for example.
            IllegalStateException.class);

    private UnusableClient() {}

    /** Returns whether a producer that failed like this must be replaced. */
    public static boolean isCausedBy(@Nullable Throwable failure) {
        return isErrorState(failure)
                || causes(failure).anyMatch(cause -> CAUSES.stream().anyMatch(kind -> kind.isInstance(cause)));
    }

    /** Returns whether the brokers refused the client's login, or the client refused their certificate. */
    public static boolean isLoginRefused(@Nullable Throwable failure) {
        return causes(failure).anyMatch(AuthenticationException.class::isInstance);
    }

    /** Kafka's client has no exception class for its error state: every later exception has the first failure as its cause. */
    private static boolean isErrorState(@Nullable Throwable failure) {
        return failure != null && failure.getClass() == KafkaException.class && failure.getCause() != null;
    }

    private static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
