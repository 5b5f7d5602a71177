// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import org.apache.flume.FlumeException;

/**
 * Thrown if the brokers cannot be found in ZooKeeper. The message says why, and which property to set instead.
 *
 * <p>Has no stack trace: Flume retries the start of the component every three seconds, and logs this exception each time.
 */
final class BrokersNotFoundException extends FlumeException {

    private static final long serialVersionUID = 1L;

    BrokersNotFoundException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
