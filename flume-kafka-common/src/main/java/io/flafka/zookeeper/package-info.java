// SPDX-License-Identifier: Apache-2.0
/** Reads what old clusters have in ZooKeeper: their brokers, and the offsets that consumers of Kafka 0.8 committed. */
@NullMarked
package io.flafka.zookeeper;

import org.jspecify.annotations.NullMarked;
