// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.client.ClientSettings;
import io.flafka.failure.ClientAccess.TopicUse;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
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
 * Publishes batches without Kafka transactions. One batch or several are in flight at a time; Kafka gets the records in the order in which they are
 * sent.
 *
 * <p>Thread-safe. An unusable producer is replaced: the current batch fails, and a later batch uses the new producer.
 */
public final class PipelinedPublisher implements BatchPublisher {

    private final ReplaceableProducer producer;
    private final SendPolicy.FlushMode flush;
    private final Duration answerTimeout;
    private final RefusalReason reason;
    private final CustomClassFailures classes;
    private final SoloSends soloSends = new SoloSends();

    private PipelinedPublisher(
            Supplier<Producer<String, byte[]>> producers,
            ClientSettings settings,
            Function<ClientSettings, Admin> admins,
            SendPolicy.FlushMode flush) {
        this.reason = new RefusalReason(settings.access(TopicUse.WRITES), new TopicLimits(admins, settings));
        this.producer = new ReplaceableProducer(producers, settings.clientId(), reason);
        this.flush = flush;
        this.answerTimeout = SendPolicy.answerTimeout(settings.deliveryTimeout());
        this.classes = new CustomClassFailures(settings.customClasses());
    }

    /**
     * Returns a publisher for one batch at a time. The records leave at the end of the batch, whatever {@code linger.ms} is.
     *
     * @param producers creates the producer, which the publisher closes
     * @param settings the producer's settings
     * @param admins creates the client that asks how large a topic's records may be
     */
    public static PipelinedPublisher ofOneBatch(
            Supplier<Producer<String, byte[]>> producers,
            ClientSettings settings,
            Function<ClientSettings, Admin> admins) {
        return new PipelinedPublisher(producers, settings, admins, SendPolicy.FlushMode.AT_ONCE);
    }

    /**
     * Returns a publisher for several batches at a time. Records leave after {@code linger.ms} at the latest.
     *
     * @param producers creates the producer, which the publisher closes
     * @param settings the producer's settings
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
                answerTimeout,
                soloSends,
                reason,
                classes,
                BatchLogins.ofBatch(current.logins()),
                failure -> producer.onFailure(current, failure)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
