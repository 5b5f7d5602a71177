// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import org.apache.flume.FlumeException;

/**
 * ZooKeeper does not say where the brokers are. The message says why, and what to write instead.
 *
 * <p>Without a stack trace: Flume tries to start the component again every three seconds, and logs this each time.
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
