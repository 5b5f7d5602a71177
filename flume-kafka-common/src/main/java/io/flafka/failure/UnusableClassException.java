// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import org.apache.kafka.common.KafkaException;

/** A class of the operator's cannot work at all, as the JVM does not find what it needs: no fault of the record at hand, so none is passed over for it. */
public final class UnusableClassException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /**
     * With what to do.
     *
     * @param name of the class, as an operator knows it
     */
    public UnusableClassException(String name, LinkageError missing) {
        super(
                "%s cannot be used: %s: copy the jar that has what it needs to drop-in/ in the plugin's folder, and restart the agent"
                        .formatted(name, missing),
                missing);
    }
}
