// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.testing.torture.check.BodyKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * A numbered event.
 *
 * @param key the key; the events of a key are in order
 * @param seq the number among the events of its key, from 1; 0 if it is like all others of its key
 * @param partition the partition for its key
 * @param kind what its body is like
 */
public record LoadEvent(String key, long seq, int partition, BodyKind kind) {
    /** The header that identifies an event. */
    public static final String ID = "id";
    /** The header with the key. */
    public static final String KEY = "key";
    /** The header with the partition of the pipeline's first topic. */
    public static final String PARTITION = "p";
    /** The header with the partition of the output. Only a bad event has it. */
    public static final String OUTPUT_PARTITION = "op";

    /** The size of a body that is larger than the output allows. */
    static final int HUGE_BYTES = 150_000;

    /** Returns one of the events of a key that are equal in everything. Only their number counts. */
    static LoadEvent twin(String key, int partition) {
        return new LoadEvent(key, 0, partition, BodyKind.EQUAL);
    }

    /** Returns what identifies it, or them, if they are equal in everything. */
    public String id() {
        return seq == 0 ? key : "%s-%06d".formatted(key, seq);
    }

    /** Returns the headers of the event. */
    Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        headers.put(ID, id());
        headers.put(KEY, key);
        headers.put(PARTITION, Integer.toString(partition));
        if (kind == BodyKind.POISON) {
            headers.put(OUTPUT_PARTITION, "nowhere");
        }
        return headers;
    }

    /** Returns the body. */
    byte[] body() {
        return switch (kind) {
            case EQUAL, POISON -> "equal".getBytes(UTF_8);
            case UNIQUE -> ("unique " + id()).getBytes(UTF_8);
            case HUGE -> "x".repeat(HUGE_BYTES).getBytes(UTF_8);
            case TOMBSTONE -> new byte[0];
        };
    }
}
