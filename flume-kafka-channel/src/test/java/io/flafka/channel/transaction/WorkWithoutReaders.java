// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.put.PutSettings;
import io.flafka.channel.put.PutTransaction;
import io.flafka.channel.take.CommitWait;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.RecordToChannelEvent;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.channel.take.ThreadDeserializers;
import io.flafka.client.ClientSettings;
import io.flafka.config.NamePatterns;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;
import io.flafka.event.RawEventCodec;
import io.flafka.produce.batch.BatchPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Creates puts of at most two events, and takes that find nothing because no reader fills their buffer. For one thread. */
record WorkWithoutReaders(BatchPublisher publisher, BadRecordPolicy badRecords, ChannelMetrics metrics)
        implements ChannelTransaction.WorkFactory {

    @Override
    public ChannelTransaction.Work newPut() {
        return new PutTransaction(
                "c1",
                new PutSettings(
                        "t",
                        new PartitionRoute(Optional.of("p"), OptionalInt.empty()),
                        new RawEventCodec(),
                        new HeaderSelection(NamePatterns.of("x-*"), NamePatterns.NONE, UTF_8),
                        2),
                new RefusedRecordHandler(badRecords, UTF_8),
                publisher::begin,
                metrics);
    }

    @Override
    public ChannelTransaction.Work newPut(PutOffsets offsets) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChannelTransaction.Work newTake() {
        return new TakeTransaction(
                "c1",
                Duration.ofMillis(1),
                new RecordToChannelEvent(
                        new ThreadDeserializers(new ClientSettings(Map.of())).get(),
                        new RawEventCodec(),
                        HeaderSelection.none(),
                        RecordToChannelEvent.LocationHeaders.OMITTED),
                badRecords,
                new CommitWait.AtIntervals(),
                new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1, 1)),
                metrics);
    }
}
