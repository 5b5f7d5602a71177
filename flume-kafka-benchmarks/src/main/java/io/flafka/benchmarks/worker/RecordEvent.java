// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Map;
import org.apache.flume.Event;

/** A record's value as an event without headers: the cheapest possible event. */
final class RecordEvent implements Event {
    private byte[] body;

    RecordEvent(byte[] body) {
        this.body = body;
    }

    @Override
    public Map<String, String> getHeaders() {
        return Map.of();
    }

    @Override
    public void setHeaders(Map<String, String> headers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] getBody() {
        return body;
    }

    @Override
    public void setBody(byte[] body) {
        this.body = body;
    }
}
