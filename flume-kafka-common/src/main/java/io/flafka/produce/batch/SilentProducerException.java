// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka's client has neither delivered a record nor given it up, though the time is over within which it promises one or the other. */
public final class SilentProducerException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    public SilentProducerException(Duration waited) {
        super("no answer from Kafka's client in %d s, longer than its delivery.timeout.ms, so that a new client is made"
                .formatted(waited.toSeconds()));
    }
}
