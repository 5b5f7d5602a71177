// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import org.apache.flume.Event;

/** Checks and timestamps of event bodies. */
public final class Bodies {
    private static final int DIGITS = 20;

    private Bodies() {}

    /** Fails the run if a body is too short. The bare client's are longer, because they are complete record values. */
    static void check(Event event, int size) {
        if (event.getBody().length < size) {
            throw new IllegalStateException(
                    "A body has " + event.getBody().length + " bytes, but at least this many were expected: " + size);
        }
    }

    /**
     * Returns a copy of a body that ends with the current time. All processes of a Linux machine share this clock
     * ({@link System#nanoTime}).
     */
    public static byte[] stamp(byte[] body) {
        byte[] digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", System.nanoTime())
                .getBytes(US_ASCII);
        byte[] stamped = body.clone();
        System.arraycopy(digits, 0, stamped, stamped.length - DIGITS, DIGITS);
        return stamped;
    }

    /** Returns the time since a body was stamped. */
    static long nanosSince(Event event) {
        byte[] body = event.getBody();
        return System.nanoTime() - Long.parseLong(new String(body, body.length - DIGITS, DIGITS, US_ASCII));
    }
}
