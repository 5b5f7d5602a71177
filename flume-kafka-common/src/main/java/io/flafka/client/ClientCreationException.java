// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import org.apache.flume.FlumeException;

/**
 * Thrown if a Kafka client cannot be created, for example if no broker's host name resolves. The message says why.
 *
 * <p>Has no stack trace: Flume retries the start of the component every 3 s and logs this each time.
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
