// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.source.avro.AvroFlumeEvent;

/** Avro itself, in the version that Flume ships, used as in Flume's own Kafka components. The codec is compared with it. */
final class AvroReference {

    private AvroReference() {}

    /** Writes what Flume's own components send. */
    static byte[] write(Map<String, String> headers, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(headers, body, EncoderFactory.get().directBinaryEncoder(out, null));
        return out.toByteArray();
    }

    /** Writes what another program may send: several blocks of headers, each with its size. */
    static byte[] writeBlocks(Map<String, String> headers, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(headers, body, new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null));
        return out.toByteArray();
    }

    private static void write(Map<String, String> headers, byte[] body, BinaryEncoder encoder) throws IOException {
        AvroFlumeEvent event = new AvroFlumeEvent(new LinkedHashMap<>(headers), ByteBuffer.wrap(body));
        new SpecificDatumWriter<>(AvroFlumeEvent.class).write(event, encoder);
        encoder.flush();
    }

    /** Reads a value as Flume's own components do. Allocates memory for any size that the value claims. */
    static Event read(byte[] value) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, null);
        AvroFlumeEvent event = new SpecificDatumReader<>(AvroFlumeEvent.class).read(null, decoder);
        Map<String, String> headers = new LinkedHashMap<>();
        event.getHeaders().forEach((name, text) -> headers.put(name.toString(), text.toString()));
        byte[] body = new byte[event.getBody().remaining()];
        event.getBody().get(body);
        return EventBuilder.withBody(body, headers);
    }

    /**
     * Reads a value up to its last byte with Avro's decoder. Reads one primitive at a time, so that a malformed value cannot claim memory.
     *
     * @throws IOException if the value is not exactly one event
     */
    static Event readWhole(byte[] value) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, null);
        Map<String, String> headers = new LinkedHashMap<>();
        for (long count = decoder.readMapStart(); count != 0; count = decoder.mapNext()) {
            if (count < 0) {
                throw new IOException("Avro takes the smallest number for the end of the headers, which it is not");
            }
            for (long header = 0; header < count; header++) {
                String name = new String(readBytes(decoder, value.length), UTF_8);
                headers.put(name, new String(readBytes(decoder, value.length), UTF_8));
            }
        }
        byte[] body = readBytes(decoder, value.length);
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left");
        }
        return EventBuilder.withBody(body, headers);
    }

    private static byte[] readBytes(BinaryDecoder decoder, int limit) throws IOException {
        long length = decoder.readLong();
        if (length < 0 || length > limit) {
            throw new EOFException();
        }
        byte[] bytes = new byte[(int) length];
        decoder.readFixed(bytes);
        return bytes;
    }
}
