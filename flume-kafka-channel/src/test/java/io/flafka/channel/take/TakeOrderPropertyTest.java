// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any interleaving of polls, takes, commits, rollbacks, offset commits and revocations delivers every record, and commits no offset beyond a record
 * that is not delivered. Without a revocation each record is delivered once, and with {@code ordering=partition} in order.
 */
@ParameterizedClass
@EnumSource(TakeOrdering.class)
class TakeOrderPropertyTest {

    private static final int PARTITIONS = 3;
    private static final int SINKS = 4;
    private static final int RECORDS = 120;
    private static final int STEPS = 4_000;

    /** A sink with the records of its open transaction. */
    private static final class Sink {
        private final OpenTake open = new OpenTake();
        private final List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
    }

    /** The expected state of a partition. */
    private static final class Model {
        private final BitSet delivered = new BitSet();
        private int deliveries;
        private int read;
        private int committed;
    }

    @Parameter
    private TakeOrdering ordering = TakeOrdering.PARTITION;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<Sink> sinks = new ArrayList<>();
    private final List<Model> models = new ArrayList<>();

    @RepeatedTest(40)
    void deliversEachRecordOnceWithoutARevocation() throws InterruptedException {
        Run run = new Run();

        run.steps(6);

        assertThat(models).as("seed %d", seed).allSatisfy(model -> {
            assertThat(model.deliveries).isEqualTo(RECORDS);
            assertThat(model.committed).isEqualTo(RECORDS);
        });
    }

    @RepeatedTest(40)
    void deliversEachRecordAtLeastOnceWithRevocations() throws InterruptedException {
        Run run = new Run();

        run.steps(7);

        assertThat(models).as("seed %d", seed).allSatisfy(model -> {
            assertThat(model.delivered.cardinality()).isEqualTo(RECORDS);
            assertThat(model.committed).isEqualTo(RECORDS);
        });
    }

    /** One random run. */
    private final class Run {

        private final TakeBuffer buffer = new TakeBuffer(ordering, new ReadAheadLimits(1_000, 1L << 20));
        private final AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});
        private boolean revocations;

        void steps(int kinds) throws InterruptedException {
            revocations = kinds > 6;
            for (int i = 0; i < PARTITIONS; i++) {
                models.add(new Model());
            }
            for (int i = 0; i < SINKS; i++) {
                sinks.add(new Sink());
            }
            for (int step = 0; step < STEPS; step++) {
                step(random.nextInt(kinds), sinks.get(random.nextInt(SINKS)));
            }
            finish();
        }

        private void step(int kind, Sink sink) throws InterruptedException {
            int partition = random.nextInt(PARTITIONS);
            switch (kind) {
                case 0 -> complete(sink);
                case 1 -> rollBack(sink);
                case 2 -> poll(partition);
                case 3 -> commitOffsets();
                case 6 -> revoke(partition);
                default -> take(sink, random.nextInt(8));
            }
        }

        private void finish() throws InterruptedException {
            sinks.forEach(this::rollBack);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                while (models.get(partition).read < RECORDS) {
                    poll(partition);
                }
            }
            take(sinks.get(0), PARTITIONS * RECORDS);
            complete(sinks.get(0));
            commitOffsets();
        }

        private void poll(int partition) {
            Model model = models.get(partition);
            int count = Math.min(1 + random.nextInt(20), RECORDS - model.read);
            if (count > 0) {
                reader.add(ReadRecords.of(name(partition), model.read, count));
                model.read += count;
            }
        }

        private void take(Sink sink, int count) throws InterruptedException {
            for (int i = 0; i < count && (sink.open.hasNext() || buffer.refill(sink.open, Duration.ZERO)); i++) {
                sink.taken.add(sink.open.next());
            }
        }

        private void complete(Sink sink) {
            buffer.complete(sink.open);
            for (ConsumerRecord<byte[], byte[]> record : sink.taken) {
                Model model = models.get(record.partition());
                if (ordering == TakeOrdering.PARTITION && !revocations) {
                    assertThat(record.offset())
                            .as("next of partition %d, seed %d", record.partition(), seed)
                            .isEqualTo(model.deliveries);
                }
                model.delivered.set((int) record.offset());
                model.deliveries++;
            }
            sink.taken.clear();
        }

        private void rollBack(Sink sink) {
            buffer.rollBack(sink.open);
            sink.taken.clear();
        }

        private void commitOffsets() {
            var toCommit = reader.offsetsToCommit();
            toCommit.forEach((partition, offset) -> {
                Model model = models.get(partition.partition());
                assertThat(offset.offset()).as("rewinds, seed %d", seed).isGreaterThan(model.committed);
                assertThat((long) model.delivered.nextClearBit(0))
                        .as("first not delivered of %s, seed %d", partition, seed)
                        .isGreaterThanOrEqualTo(offset.offset());
                model.committed = (int) offset.offset();
            });
            reader.onCommitted(toCommit);
        }

        /** Revokes the partition and assigns it again at once, as an eager assignor does. */
        private void revoke(int partition) {
            reader.drain(List.of(name(partition)), Duration.ZERO);
            commitOffsets();
            reader.revoke(List.of(name(partition)));
            models.get(partition).read = models.get(partition).committed;
        }

        private static TopicPartition name(int partition) {
            return new TopicPartition("t", partition);
        }
    }
}
