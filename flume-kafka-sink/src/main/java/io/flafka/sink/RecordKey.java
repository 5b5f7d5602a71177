// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the key of a record. Immutable.
 *
 * @param header the event header that has the key
 * @param byDefault the key of events without that header; empty if they have none
 */
record RecordKey(String header, Optional<String> byDefault) {

    @Nullable
    String keyOf(Map<String, String> eventHeaders) {
        String key = eventHeaders.get(header);
        return key == null ? byDefault.orElse(null) : key;
    }
}
