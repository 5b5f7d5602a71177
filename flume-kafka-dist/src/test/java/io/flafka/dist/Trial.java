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

    /** Returns a name for folders and topics. */
    String name() {
        return "flume-" + flume.number() + "-java-" + java + "-kafka-" + kafka.number() + "-client-" + client;
    }
}
