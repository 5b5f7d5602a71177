// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.flume.FlumeException;

/**
 * A Kafka client could not be made, as when the name of no broker resolves. The message says why.
 *
 * <p>Without a stack trace: Flume tries to start the component again every three seconds, and logs this each time.
 */
final class ClientCreationException extends FlumeException {

    private static final long serialVersionUID = 1L;

    ClientCreationException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
