// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Map;

/**
 * A fault that makes a broker reject a client, and its repair. {@code toString} names the test case. For one thread.
 */
public interface AccessFault {

    /** Returns the client's {@code bootstrap.servers}. */
    String bootstrapServers();

    /** Returns the client's settings: Kafka's names, each after {@code prefix}. */
    Map<String, String> clientProperties(String prefix);

    /** Starts the fault: the broker rejects every client that connects from now on. */
    void begin();

    /** Closes the existing connections, so that each client must connect again. Call it after {@link #begin}. */
    void closeConnections();

    /** Ends the fault: the broker accepts clients that connect from now on. */
    void repair();
}
