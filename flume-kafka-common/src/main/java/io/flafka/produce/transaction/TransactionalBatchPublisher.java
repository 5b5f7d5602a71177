// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;

/**
 * Publishes each batch as one Kafka transaction. Threads that write batches at the same time use different producers, so these batches have no order.
 *
 * @param publisher publishes whole transactions; closed together with this object
 */
public record TransactionalBatchPublisher(TransactionalPublisher publisher) implements BatchPublisher {

    @Override
    public RecordsInFlight begin() {
        return new TransactionBatch(publisher);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
