// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/** Reports that Kafka's client has neither delivered nor failed a record within the time in which it promises to do one or the other. */
public final class SilentProducerException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    public SilentProducerException(Duration waited) {
        super("no answer from Kafka's client in %d s, longer than its delivery.timeout.ms; the client is replaced"
                .formatted(waited.toSeconds()));
    }
}
