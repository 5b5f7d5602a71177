// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.Map;
import org.apache.flume.Event;

/** An event with given headers. Flume's own event copies them. As thread-safe as Flume's own: one thread at a time may change it. */
final class RecordEvent implements Event {

    private Map<String, String> headers;
    private byte[] body;

    RecordEvent(Map<String, String> headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    @Override
    public Map<String, String> getHeaders() {
        return headers;
    }

    @Override
    public void setHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    @Override
    public byte[] getBody() {
        return body;
    }

    @Override
    public void setBody(byte[] body) {
        this.body = body;
    }

    /** Has the format of Flume's own event. Never shows the body. */
    @Override
    public String toString() {
        return "[Event headers = " + headers + ", body.length = " + body.length + " ]";
    }
}
