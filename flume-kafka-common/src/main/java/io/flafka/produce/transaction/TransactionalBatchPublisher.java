// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;

/**
 * Publishes each batch as one Kafka transaction. Threads that write batches at the same time use different producers, so these batches have no order.
 *
 * @param publisher publishes whole transactions; closed together with this object
 */
public record TransactionalBatchPublisher(TransactionalPublisher publisher) implements BatchPublisher {

    @Override
    public RecordsInFlight begin() {
        return begin(OffsetsToCommit.NONE);
    }

    /**
     * Ends the transactions that an earlier run of the component may have left open: see {@link TransactionalPublisher#prepare}.
     *
     * @throws PublishException if one of them cannot be ended now
     */
    public void prepare() throws PublishException {
        publisher.prepare();
    }

    /** Begins a batch whose Kafka transaction also commits these offsets. */
    public RecordsInFlight begin(OffsetsToCommit offsets) {
        return new TransactionBatch(publisher, offsets);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
