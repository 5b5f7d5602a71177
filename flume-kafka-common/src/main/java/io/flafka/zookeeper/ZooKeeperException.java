// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

/** ZooKeeper did not say what was asked of it. The message says why, and is for the middle of a sentence. */
final class ZooKeeperException extends Exception {

    private static final long serialVersionUID = 1L;

    ZooKeeperException(String message) {
        super(message);
    }

    ZooKeeperException(String message, Throwable cause) {
        super(message, cause);
    }
}
