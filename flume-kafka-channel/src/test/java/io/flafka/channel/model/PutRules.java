// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

/** What a put does after a failure. A test seeds a fault by overriding one rule. */
class PutRules {

    /** Whether a put succeeds although Kafka has not answered its commit, or its last record. */
    boolean isUnknownSuccess() {
        return false;
    }

    /** Whether a put succeeds although Kafka has refused one of its records. */
    boolean isRefusalSuccess() {
        return false;
    }

    /** Whether each batch is written in a Kafka transaction of its own. */
    boolean isTransactional() {
        return true;
    }
}
