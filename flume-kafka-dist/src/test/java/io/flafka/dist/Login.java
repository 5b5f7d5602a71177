// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.security.SecuredBroker;
import io.flafka.testing.security.SecuredListener;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a component logs in to a broker. Immutable.
 *
 * @param principal what the broker calls it
 * @param settings the component's properties, without its own prefix; with the brokers to connect to
 */
record Login(String principal, Map<String, String> settings) {

    /** What a broker calls a client that does not log in. */
    static final String NOBODY = "User:ANONYMOUS";

    private static final String CLIENT = "kafka.client.";

    Login {
        settings = Map.copyOf(settings);
    }

    /** Returns a login through a listener, without any other setting. */
    static Login at(SecuredBroker broker, SecuredListener listener, String principal) {
        return new Login(principal, Map.of("kafka.bootstrap.servers", broker.bootstrapServers(listener)))
                .with("security.protocol", listener.protocol());
    }

    /** Adds a property of Kafka's client. */
    Login with(String kafkaName, String value) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(CLIENT + kafkaName, value);
        return new Login(principal, all);
    }
}
