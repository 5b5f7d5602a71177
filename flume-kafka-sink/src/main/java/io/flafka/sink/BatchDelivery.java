// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.transaction.TransactionalBatchPublisher;
import java.util.Optional;
import org.apache.flume.Channel;

/** How the batches of a sink are written, which decides its delivery guarantee. Thread-safe. */
sealed interface BatchDelivery {

    /**
     * Begins a batch. For the thread that has just opened the batch's transaction of the channel.
     *
     * @throws PublishException if no batch can be written now
     * @throws org.apache.flume.FlumeException if no Kafka client can write it now
     */
    RecordsInFlight begin(Channel channel) throws PublishException;

    /**
     * Returns when all records of a batch are written, or disposed of.
     *
     * @param takeFailure the failure that has stopped the batch early, if any; the caller throws it after this
     */
    void settle(
            RecordsInFlight records, Optional<DeliveryFailedException> takeFailure, RefusedRecordHandler refusedRecords)
            throws PublishException, RefusedRecordHandler.Stopped, DeliveryFailedException;

    /**
     * The records are acknowledged first, then the channel's transaction is committed: an event is written again if the agent is killed in between.
     *
     * @param publisher writes the records
     */
    record AtLeastOnce(BatchPublisher publisher) implements BatchDelivery {

        @Override
        public RecordsInFlight begin(Channel channel) {
            return publisher.begin();
        }

        /** Waits for the records before the failure too, because they are on their way. */
        @Override
        public void settle(
                RecordsInFlight records,
                Optional<DeliveryFailedException> takeFailure,
                RefusedRecordHandler refusedRecords)
                throws PublishException, RefusedRecordHandler.Stopped {
            refusedRecords.settle(records);
        }
    }

    /**
     * A Kafka transaction has the records and the offsets of the channel, so both are committed or neither.
     *
     * @param publisher writes the transactions
     */
    record ExactlyOnce(TransactionalBatchPublisher publisher) implements BatchDelivery {

        @Override
        public RecordsInFlight begin(Channel channel) throws PublishException {
            // Until an earlier transaction has ended, the channel cannot read the partitions in it.
            publisher.prepare();
            return publisher.begin(((ExactlyOnceChannel) channel).takenOffsets());
        }

        /** Writes nothing after a failure, because the offsets include an event that is not among the records. */
        @Override
        public void settle(
                RecordsInFlight records,
                Optional<DeliveryFailedException> takeFailure,
                RefusedRecordHandler refusedRecords)
                throws PublishException, RefusedRecordHandler.Stopped, DeliveryFailedException {
            if (takeFailure.isPresent()) {
                throw takeFailure.get();
            }
            refusedRecords.settle(records);
        }
    }
}
