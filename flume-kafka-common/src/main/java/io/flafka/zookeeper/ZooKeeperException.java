// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

/** Thrown if ZooKeeper gives no usable answer. The message says why; it has no period, because it becomes a part of other messages. */
final class ZooKeeperException extends Exception {

    private static final long serialVersionUID = 1L;

    ZooKeeperException(String message) {
        super(message);
    }

    ZooKeeperException(String message, Throwable cause) {
        super(message, cause);
    }
}
