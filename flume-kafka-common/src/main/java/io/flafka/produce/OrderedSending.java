// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Hands records to a producer in their order, and does not wait for them. Thread-safe, as the producer is.
 *
 * @param producer which sends them
 */
record OrderedSending(Producer<String, byte[]> producer) {

    /** Up to the first record that is refused at once, which is the last of the result: what is behind it must not overtake it. */
    List<Future<RecordMetadata>> send(List<ProducerRecord<String, byte[]>> records) {
        List<Future<RecordMetadata>> inFlight = new ArrayList<>(records.size());
        for (ProducerRecord<String, byte[]> record : records) {
            Future<RecordMetadata> acknowledgement = send(record);
            inFlight.add(acknowledgement);
            if (acknowledgement.isDone() && hasFailed(acknowledgement)) {
                break;
            }
        }
        return inFlight;
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record);
        } catch (KafkaException | IllegalArgumentException | IllegalStateException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static boolean hasFailed(Future<RecordMetadata> done) {
        try {
            done.get();
            return false;
        } catch (ExecutionException failed) {
            return true;
        } catch (InterruptedException stopping) {
            // It is in flight or acknowledged; the wait that follows knows how to end.
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
