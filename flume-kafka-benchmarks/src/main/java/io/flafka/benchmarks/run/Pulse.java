// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.run.Worker.FailedException;
import io.flafka.benchmarks.worker.Bodies;
import io.flafka.benchmarks.worker.LogLines;
import io.flafka.benchmarks.worker.Sends;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes one record every 20 ms with a timestamp in its body. The same producer for every contender. */
final class Pulse implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Sends sends = new Sends();
    private final KafkaProducer<byte[], byte[]> producer;

    private Pulse(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // It ends with its executor; a record that is not sent shows in the counts.
    static Pulse into(String topic, int body, String bootstrap) {
        Pulse pulse = new Pulse(new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
        byte[] line = new LogLines().next(body);
        pulse.clock.scheduleAtFixedRate(
                () -> pulse.sends.send(pulse.producer, new ProducerRecord<>(topic, Bodies.stamp(line))),
                0,
                INTERVAL.toMillis(),
                TimeUnit.MILLISECONDS);
        return pulse;
    }

    /** Writes records during a measurement. */
    Worker.Output during(Measurement measurement) throws IOException, FailedException {
        return measurement.run();
    }

    /** A run. */
    interface Measurement {
        /** Runs it. */
        Worker.Output run() throws IOException, FailedException;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
        sends.check();
    }
}
