// SPDX-License-Identifier: Apache-2.0
package io.flafka.exactlyonce;

import org.apache.kafka.common.KafkaException;

/** Reports that offsets cannot be committed in a Kafka transaction, because this agent no longer has their partitions. */
public final class PartitionsLostException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure. The message must name the partitions or the group. */
    public PartitionsLostException(String message) {
        super(message);
    }
}
