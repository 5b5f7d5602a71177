// SPDX-License-Identifier: Apache-2.0
/** What old clusters keep in ZooKeeper: their brokers, and the offsets of consumers as they were until Kafka 0.8. */
@NullMarked
package io.flafka.zookeeper;

import org.jspecify.annotations.NullMarked;
