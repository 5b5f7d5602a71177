// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The headers that every record gets from the agent file: the properties {@code headers.constant.*}. Immutable.
 *
 * @param headers the headers, in the order of their names
 */
record ConstantHeaders(List<Header> headers) {

    static final ConstantHeaders NONE = new ConstantHeaders(List.of());

    ConstantHeaders {
        headers = List.copyOf(headers);
    }

    /** Creates headers in UTF-8 from the texts by their names. */
    static ConstantHeaders of(Map<String, String> texts) {
        return new ConstantHeaders(texts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .<Header>map(
                        text -> new RecordHeader(text.getKey(), text.getValue().getBytes(UTF_8)))
                .toList());
    }

    void addTo(Headers recordHeaders) {
        headers.forEach(recordHeaders::add);
    }
}
