// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Which brokers a Kafka client connects to, and as whom. Explains a failure with both, so that its line in the log is enough to look for the cause.
 * Immutable.
 *
 * @param brokers the value of {@code bootstrap.servers}
 * @param protocol the security protocol
 * @param user the client's user and how it logs in, as messages show them
 * @param use what the client does with topics, which decides the right that it needs
 */
public record ClientAccess(String brokers, String protocol, String user, TopicUse use) {

    /** What a client does with topics. */
    public enum TopicUse {
        /** Reads records. */
        READS("Read"),
        /** Writes records. */
        WRITES("Write");

        private final String operation;

        TopicUse(String operation) {
            this.operation = operation;
        }
    }

    /** Returns the reason of a failure, with what an operator must look at. */
    public String reason(Throwable failure) {
        List<Throwable> chain = FailureReason.chain(failure);
        return TlsFailureReason.in(chain)
                .map(tls -> "no TLS connection to " + address() + ": " + tls)
                .or(() -> first(chain, AuthenticationException.class).map(refused -> ofLogin(refused, failure)))
                .or(() -> first(chain, AuthorizationException.class)
                        .flatMap(this::remedy)
                        .map(remedy -> FailureReason.of(failure) + "; " + remedy))
                .orElseGet(() -> FailureReason.of(failure));
    }

    /** Returns which brokers do not answer, with these details, and why a client with TLS may get no answer. */
    public String noAnswer(String details) {
        return switch (protocol) {
            case "SSL" ->
                "%s with security.protocol=SSL (%s); a port without TLS, or with a login, would not answer either"
                        .formatted(address(), details);
            case "SASL_SSL" ->
                "%s with security.protocol=SASL_SSL (%s); a port without TLS would not answer either"
                        .formatted(address(), details);
            default -> "%s (%s)".formatted(address(), details);
        };
    }

    /** Returns the brokers' addresses, with the property that has them. */
    public String address() {
        return "kafka.bootstrap.servers=" + brokers;
    }

    private String ofLogin(AuthenticationException refused, Throwable failure) {
        if (refused instanceof UnsupportedSaslMechanismException) {
            return "%s does not accept the mechanism of %s (%s); set kafka.client.sasl.mechanism to one that the brokers have enabled"
                    .formatted(address(), user, FailureReason.of(failure));
        }
        if (refused instanceof IllegalSaslStateException) {
            return "%s has no login, but this client logs in as %s (%s); use the brokers' port with a login, or set"
                            .formatted(address(), user, FailureReason.of(failure))
                    + " kafka.client.security.protocol = SSL, or PLAINTEXT";
        }
        return "%s rejects the login of %s (%s); check kafka.client.sasl.jaas.config, and that the brokers know this user"
                .formatted(address(), user, FailureReason.of(failure));
    }

    /** Returns what to do about a missing right. */
    private Optional<String> remedy(AuthorizationException denied) {
        if (denied instanceof TopicAuthorizationException ofTopics) {
            return Optional.of(allowTopics(ofTopics.unauthorizedTopics()));
        }
        return denied instanceof GroupAuthorizationException ofGroup
                ? Optional.of("allow %s the ACL operation Read on group %s".formatted(user, ofGroup.groupId()))
                : Optional.of("allow it to " + user);
    }

    private String allowTopics(Collection<String> topics) {
        return "allow %s the ACL operation %s on topic %s"
                .formatted(user, use.operation, String.join(", ", new TreeSet<>(topics)));
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> chain, Class<T> kind) {
        return chain.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
