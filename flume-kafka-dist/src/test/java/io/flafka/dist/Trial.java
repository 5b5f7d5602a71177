// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.FlumeVersion;

/**
 * One combination of versions to run.
 *
 * @param flume the agent's Flume
 * @param java the feature version of its Java
 * @param kafka the broker
 * @param client the version of kafka-clients in the plugin
 */
record Trial(FlumeVersion flume, int java, KafkaVersion kafka, String client) {

    /**
     * Returns a name for folders and topics. It has no dots: if two clients make a broker of Kafka 0.10.0 create a topic with dots at the same time, it
     * finds that the name collides with itself, and calls it invalid.
     */
    String name() {
        String name = "flume-" + flume.number() + "-java-" + java + "-kafka-" + kafka.number() + "-client-" + client;
        return name.replace('.', '-');
    }
}
