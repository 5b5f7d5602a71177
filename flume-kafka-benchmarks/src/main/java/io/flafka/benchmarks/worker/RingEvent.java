// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Map;
import org.apache.flume.event.SimpleEvent;

/** An event that is made once and used over and over; with its Flume form ready, as the bare producer sends it. */
final class RingEvent extends SimpleEvent {
    private final byte[] flumeForm;

    RingEvent(Map<String, String> headers, byte[] body) {
        setHeaders(headers);
        setBody(body);
        flumeForm = FlumeForm.of(headers, body);
    }

    byte[] flumeForm() {
        return flumeForm;
    }
}
