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

/** Knows from its failures a producer that does not work again when their cause is mended, so that another one must take its place. */
public final class UnusableClient {

    /**
     * An idempotent producer asks for its id once, and forgets to after a refused login (KAFKA-20237); after one of the others it is in an error state
     * that only its end ends.
     */
    private static final List<Class<? extends Exception>> SAY_SO = List.of(
            AuthenticationException.class,
            ClusterAuthorizationException.class,
            TransactionalIdAuthorizationException.class,
            UnsupportedVersionException.class,
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            // As after a close.
            IllegalStateException.class);

    private UnusableClient() {}

    /** Whether it is one that has failed so. */
    public static boolean isToldBy(@Nullable Throwable failure) {
        return isErrorState(failure)
                || causes(failure).anyMatch(cause -> SAY_SO.stream().anyMatch(kind -> kind.isInstance(cause)));
    }

    /** Whether the brokers have refused the client's login, or it has refused their certificate. */
    public static boolean isLoginRefused(@Nullable Throwable failure) {
        return causes(failure).anyMatch(AuthenticationException.class::isInstance);
    }

    /** Kafka's client has no class for that: what is thrown from then on has the first failure as its cause. */
    private static boolean isErrorState(@Nullable Throwable failure) {
        return failure != null && failure.getClass() == KafkaException.class && failure.getCause() != null;
    }

    private static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
