// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import org.apache.kafka.common.KafkaException;

/** A class of the operator's cannot work, because a class that it needs is missing or does not fit. The record is not at fault, so no record is skipped for it. */
public final class UnusableClassException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates one whose message says what to do.
     *
     * @param name the name of the operator's class
     * @param missing what the JVM reports
     */
    public UnusableClassException(String name, LinkageError missing) {
        super(
                "%s cannot be used: %s; copy the jar with what it needs to drop-in/ in the plugin's folder, and restart the agent"
                        .formatted(name, missing),
                missing);
    }
}
