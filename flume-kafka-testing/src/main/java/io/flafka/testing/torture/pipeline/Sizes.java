// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import java.util.Map;

/** How large a record of the output may be, where the load has larger ones. */
final class Sizes {

    private Sizes() {}

    /** Returns a sink's properties. */
    static Map<String, String> refusingHuge(Settings settings) {
        return settings.tolerance() == Settings.Tolerance.ALL
                ? Map.of("kafka.producer.max.request.size", "100000")
                : Map.of();
    }
}
