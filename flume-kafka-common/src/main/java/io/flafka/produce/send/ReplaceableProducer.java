// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.client.ProducerCloser;
import io.flafka.failure.UnusableClient;
import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A component's producer, and a new one in its place when it has become of no use: it has fallen silent, its login was refused, or it is in an error
 * state. Thread-safe.
 *
 * <p>Guarantee: what the old one still held, and a failed batch has given up, is not written by it later. One follows another after some seconds at
 * the earliest, and each is closed.
 */
public final class ReplaceableProducer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplaceableProducer.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<Producer<String, byte[]>> newProducer;
    private final String clientId;
    private InUse current;
    private @Nullable ReplacementSchedule due;
    private boolean closed;

    /**
     * One of the producers.
     *
     * @param producer that one
     * @param logins what is known of its logins
     */
    public record InUse(Producer<String, byte[]> producer, ProducerLogins logins) {}

    /**
     * Makes the first one.
     *
     * @param clientId its {@code client.id}, for messages
     */
    public ReplaceableProducer(Supplier<Producer<String, byte[]>> newProducer, String clientId) {
        this.newProducer = newProducer;
        this.clientId = clientId;
        this.current = make();
    }

    private InUse make() {
        Producer<String, byte[]> producer = newProducer.get();
        return new InUse(producer, new ProducerLogins(producer));
    }

    /** The one for a batch that begins now. */
    public synchronized InUse current() {
        replaceIfDue();
        return current;
    }

    /** A batch of that one has failed so. */
    public synchronized void failed(InUse used, Throwable failure) {
        if (used.producer() != current.producer() || closed) {
            return;
        }
        if (failure instanceof SilentProducerException) {
            LOG.error(
                    "The Kafka producer {} has fallen silent: records have had no answer for longer than its delivery.timeout.ms. It is replaced, and what"
                            + " was not acknowledged is sent again. A record that is larger than max.message.bytes of its topic can be the reason",
                    clientId);
            due = ReplacementSchedule.atOnce();
        } else if (failure instanceof LoginRefusedException) {
            // It has records that the next one will send.
            due = ReplacementSchedule.atOnce();
        } else if (due == null && UnusableClient.isLoginRefused(failure)) {
            due = ReplacementSchedule.afterLogin(used.logins());
        } else if (due == null && UnusableClient.isCausedBy(failure)) {
            due = ReplacementSchedule.later();
        }
        replaceIfDue();
    }

    private void replaceIfDue() {
        if (due == null || closed || !due.isDue()) {
            return;
        }
        try {
            InUse old = current;
            // Before the next one begins: it must not write what that is given.
            ProducerCloser.close(old.producer(), clientId);
            current = make();
            due = null;
            LOG.info("The Kafka producer {} has been replaced", clientId);
        } catch (FlumeException refused) {
            due = ReplacementSchedule.soon();
            LOG.error("The Kafka producer {} cannot be replaced yet: {}", clientId, refused.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.producer().close(CLOSE_TIMEOUT);
    }
}
