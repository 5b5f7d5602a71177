// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Locale;
import org.apache.flume.Event;

/** What the bodies of events say. */
public final class Bodies {
    private static final int DIGITS = 20;

    private Bodies() {}

    /** Fails the run if a body is cut; the bare client's are longer, being records' values. */
    static void check(Event event, int size) {
        if (event.getBody().length < size) {
            throw new IllegalStateException(
                    "A body of " + event.getBody().length + " bytes arrived where none is shorter than " + size);
        }
    }

    /** A copy of a body that ends with the time, which all processes of a Linux machine agree on ({@link System#nanoTime}). */
    public static byte[] stamp(byte[] body) {
        byte[] digits = String.format(Locale.ROOT, "%0" + DIGITS + "d", System.nanoTime())
                .getBytes(US_ASCII);
        byte[] stamped = body.clone();
        System.arraycopy(digits, 0, stamped, stamped.length - DIGITS, DIGITS);
        return stamped;
    }

    /** How long ago a body was stamped. */
    static long nanosSince(Event event) {
        byte[] body = event.getBody();
        return System.nanoTime() - Long.parseLong(new String(body, body.length - DIGITS, DIGITS, US_ASCII));
    }
}
