// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer that refuses records with one key, and can be interrupted or held while it commits. */
public final class ScriptedProducer extends MockProducer<String, byte[]> {

    public volatile CountDownLatch committing = new CountDownLatch(1);
    public volatile CountDownLatch mayCommit = new CountDownLatch(0);
    public String refusedKey = "";
    public boolean interruptedInCommit;

    public ScriptedProducer() {
        super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
        if (!refusedKey.equals(record.key())) {
            return super.send(record, callback);
        }
        RecordTooLargeException refusal = new RecordTooLargeException("too large");
        callback.onCompletion(null, refusal);
        return CompletableFuture.failedFuture(refusal);
    }

    @Override
    public void commitTransaction() {
        committing.countDown();
        if (interruptedInCommit) {
            interruptedInCommit = false;
            throw new InterruptException("stop");
        }
        try {
            assertThat(mayCommit.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
        super.commitTransaction();
    }
}
