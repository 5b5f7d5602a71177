// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.RecordsInFlight;

/**
 * Makes each batch a Kafka transaction. Batches that several threads write at the same time have different producers, so there is no order between them.
 *
 * @param publisher of whole transactions, which this closes at the end
 */
public record TransactionalBatches(TransactionalPublisher publisher) implements BatchPublisher {

    @Override
    public RecordsInFlight begin() {
        return new TransactionBatch(publisher);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
