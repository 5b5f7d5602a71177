// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.codec;

import io.flafka.benchmarks.worker.LogLines;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.UnreadableRecordException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.source.avro.AvroFlumeEvent;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Encodes an event in Flume's format and decodes it: our codec, and Avro's own classes as the stock components use
 * them. Those reuse the writer, reader, encoder and decoder, and copy the headers each way, because Avro's maps have
 * another type.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CodecBenchmark {
    /** The number of the event's headers. */
    @Param({"0", "2", "8"})
    public int headers;

    /** The size of its body in bytes. */
    @Param({"100", "1024", "65536"})
    public int body;

    private final AvroEventCodec codec = new AvroEventCodec();
    private final SpecificDatumWriter<AvroFlumeEvent> writer = new SpecificDatumWriter<>(AvroFlumeEvent.class);
    private final SpecificDatumReader<AvroFlumeEvent> reader = new SpecificDatumReader<>(AvroFlumeEvent.class);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;
    private Event event = EventBuilder.withBody(new byte[0]);
    private byte[] value = new byte[0];

    /** Creates the event and checks that both encodings have the same size. */
    @Setup
    public void prepare() throws IOException {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < headers; i++) {
            map.put("header-" + i, "value of header " + i);
        }
        event = EventBuilder.withBody(new LogLines().next(body), map);
        value = oursWrites();
        if (value.length != avroWrites().length) {
            throw new IllegalStateException("The two encodings differ");
        }
    }

    /** Encodes with our codec. */
    @Benchmark
    public byte[] oursWrites() {
        return codec.encode(event.getHeaders(), event.getBody());
    }

    /** Encodes with Avro. */
    @Benchmark
    public byte[] avroWrites() throws IOException {
        out.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
        writer.write(
                new AvroFlumeEvent(
                        new HashMap<CharSequence, CharSequence>(event.getHeaders()), ByteBuffer.wrap(event.getBody())),
                encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** Decodes with our codec. */
    @Benchmark
    public Event oursReads() throws UnreadableRecordException {
        return codec.decode(value);
    }

    /** Decodes with Avro. */
    @Benchmark
    public Event avroReads() throws IOException {
        decoder = DecoderFactory.get().directBinaryDecoder(new ByteArrayInputStream(value), decoder);
        AvroFlumeEvent read = reader.read(null, decoder);
        Map<String, String> map = new HashMap<>();
        read.getHeaders().forEach((name, text) -> map.put(name.toString(), text.toString()));
        return EventBuilder.withBody(read.getBody().array(), map);
    }
}
