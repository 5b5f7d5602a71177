// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.put;

import io.flafka.failure.Outage;
import io.flafka.lifecycle.RetriedStart;
import io.flafka.produce.batch.BatchPublisher;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the publisher of a channel's puts with the first put. A channel that only delivers needs no right to write its topic. But Kafka's idempotent
 * producer asks for a producer id as soon as it exists; without the right to write any topic, it asks again without a pause, a thousand times a second.
 *
 * <p>Thread-safe. If the publisher cannot be created, puts fail, and it is tried again as {@link RetriedStart} says.
 */
public final class FirstPutPublisher implements BatchPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(FirstPutPublisher.class);

    private final String channel;
    private final RetriedStart<BatchPublisher> creation;
    private final Outage<String> outage = new Outage<>();
    private @Nullable BatchPublisher created;
    private boolean closed;

    /**
     * Creates nothing yet.
     *
     * @param channel the channel's name, for messages
     */
    public FirstPutPublisher(String channel, Supplier<BatchPublisher> publisher, Clock clock) {
        this.channel = channel;
        this.creation = new RetriedStart<>(publisher, clock);
    }

    /**
     * Begins a batch.
     *
     * @throws FlumeException if the publisher cannot be created now
     */
    @Override
    public RecordsInFlight begin() {
        return publisher().begin();
    }

    private synchronized BatchPublisher publisher() {
        if (closed) {
            throw new FlumeException("the channel has been stopped");
        }
        if (created == null) {
            created = create();
        }
        return created;
    }

    private BatchPublisher create() {
        try {
            BatchPublisher publisher = creation.start();
            outage.ends();
            return publisher;
        } catch (FlumeException refused) {
            if (outage.begins(String.valueOf(refused.getMessage()))) {
                LOG.error(
                        "KafkaChannel {}: cannot create its Kafka producer yet; puts fail until it can, which is tried again at least once a minute: {}",
                        channel,
                        refused.getMessage());
            }
            throw refused;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (created != null) {
            created.close();
        }
    }
}
