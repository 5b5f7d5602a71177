// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Map;

/** Why a broker does not let a client in, and how that is mended. Its text names the case of a test. For one thread. */
public interface AccessFault {

    /** What the client's {@code bootstrap.servers} takes. */
    String bootstrapServers();

    /** The client's settings, by Kafka's names below the given prefix. */
    Map<String, String> clientProperties(String prefix);

    /** From now on a client that connects is refused. */
    void begin();

    /** After {@link #begin}: ends the connections that there are, so that each client must connect again. */
    void closeConnections();

    /** From now on the client is let in. */
    void repair();
}
