// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.client.ClientSettings;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.RecordsInFlight;
import io.flafka.produce.send.BatchLogins;
import io.flafka.produce.send.CustomClassFailures;
import io.flafka.produce.send.RefusalReason;
import io.flafka.produce.send.ReplaceableProducer;
import io.flafka.produce.send.SendPolicy;
import io.flafka.produce.send.SentRecords;
import io.flafka.produce.send.SoloSends;
import io.flafka.produce.send.TopicLimits;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/**
 * Has one batch or several in flight, in the order in which their records are sent.
 *
 * <p>Thread-safe, as the producer is. A producer that has become of no use is replaced: a batch fails then, and a later one goes on.
 */
public final class PipelinedPublisher implements BatchPublisher {

    private final ReplaceableProducer producer;
    private final SendPolicy.FlushMode flush;
    private final Duration atMost;
    private final RefusalReason reason;
    private final CustomClassFailures classes;
    private final SoloSends soloSends = new SoloSends();

    private PipelinedPublisher(
            Supplier<Producer<String, byte[]>> producers,
            ClientSettings settings,
            Function<ClientSettings, Admin> admins,
            SendPolicy.FlushMode flush) {
        this.producer = new ReplaceableProducer(producers, settings.clientId());
        this.flush = flush;
        this.atMost = SendPolicy.answerTimeout(settings.deliveryTimeout());
        this.classes = new CustomClassFailures(settings.customClasses());
        this.reason = new RefusalReason(settings.brokers(), new TopicLimits(admins, settings));
    }

    /**
     * With one batch in flight at a time: its records leave at its end, whatever {@code linger.ms} is.
     *
     * @param producers make the producer, which this closes at the end
     * @param settings the producer's
     * @param admins creates the client that asks how large a topic's records may be
     */
    public static PipelinedPublisher ofOneBatch(
            Supplier<Producer<String, byte[]>> producers,
            ClientSettings settings,
            Function<ClientSettings, Admin> admins) {
        return new PipelinedPublisher(producers, settings, admins, SendPolicy.FlushMode.AT_ONCE);
    }

    /**
     * With several batches in flight: records leave after {@code linger.ms} at the latest.
     *
     * @param producers make the producer, which this closes at the end
     * @param settings the producer's
     * @param admins creates the client that asks how large a topic's records may be
     */
    public static PipelinedPublisher ofSeveralBatches(
            Supplier<Producer<String, byte[]>> producers,
            ClientSettings settings,
            Function<ClientSettings, Admin> admins) {
        return new PipelinedPublisher(producers, settings, admins, SendPolicy.FlushMode.BY_ITSELF);
    }

    @Override
    public RecordsInFlight begin() {
        ReplaceableProducer.InUse current = producer.current();
        return new SentRecords(new SendPolicy(
                current.producer(),
                flush,
                atMost,
                soloSends,
                reason,
                classes,
                BatchLogins.ofBatch(current.logins()),
                failure -> producer.failed(current, failure)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
