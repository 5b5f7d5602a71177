// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Map;
import org.apache.flume.event.SimpleEvent;

/** An event that is created once and used repeatedly. It also has its encoded form, which the bare producer sends. */
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
