// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.client.AdminFactory;
import io.flafka.client.ClientSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/**
 * Has one batch or several in flight, in the order in which their records are sent.
 *
 * <p>Thread-safe, as the producer is. A producer that has become of no use is replaced: a batch fails then, and a later one goes on.
 */
public final class PipelinedPublisher implements BatchPublisher {

    private final ReplaceableProducer producer;
    private final Sending.Departure departure;
    private final Duration atMost;
    private final RefusalReason reason;
    private final OperatorsClasses classes;
    private final Caution caution = new Caution();

    private PipelinedPublisher(
            Supplier<Producer<String, byte[]>> producers, ClientSettings settings, Sending.Departure departure) {
        this.producer = new ReplaceableProducer(producers, settings.clientId());
        this.departure = departure;
        this.atMost = Sending.patience(settings.deliveryTimeout());
        this.classes = new OperatorsClasses(settings.operatorsClasses());
        this.reason = new RefusalReason(settings.brokers(), new TopicLimits(AdminFactory.KAFKA, settings));
    }

    /**
     * With one batch in flight at a time: its records leave at its end, whatever {@code linger.ms} is.
     *
     * @param producers make the producer, which this closes at the end
     * @param settings the producer's
     */
    public static PipelinedPublisher ofOneBatch(Supplier<Producer<String, byte[]>> producers, ClientSettings settings) {
        return new PipelinedPublisher(producers, settings, Sending.Departure.AT_ONCE);
    }

    /**
     * With several batches in flight: records leave after {@code linger.ms} at the latest.
     *
     * @param producers make the producer, which this closes at the end
     * @param settings the producer's
     */
    public static PipelinedPublisher ofSeveralBatches(
            Supplier<Producer<String, byte[]>> producers, ClientSettings settings) {
        return new PipelinedPublisher(producers, settings, Sending.Departure.BY_ITSELF);
    }

    @Override
    public RecordsInFlight begin() {
        ReplaceableProducer.InUse current = producer.current();
        return new SentRecords(new Sending(
                current.producer(),
                departure,
                atMost,
                caution,
                reason,
                classes,
                LoginWatch.ofBatch(current.logins()),
                failure -> producer.failed(current, failure)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
