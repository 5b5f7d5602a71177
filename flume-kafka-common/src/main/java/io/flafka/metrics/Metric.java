// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

/**
 * Declares one attribute of a component's MBean, and so of its object in Flume's JSON. Immutable.
 *
 * @param name the attribute's name
 * @param kind how its value changes
 * @param text the meaning, for docs/metrics.md and for JMX tools; without a full stop at the end
 */
public record Metric(String name, Kind kind, String text) {

    /** How the value of an attribute changes. */
    public enum Kind {
        /** A number that only grows, from 0 at each start of the component. */
        COUNT("count", "long"),
        /** A number as it is now. */
        GAUGE("value", "java.lang.Number"),
        /** A text as it is now. */
        TEXT("text", "java.lang.String");

        private final String word;
        private final String type;

        Kind(String word, String type) {
            this.word = word;
            this.type = type;
        }

        /** Returns the kind as docs/metrics.md shows it. */
        public String word() {
            return word;
        }

        String type() {
            return type;
        }
    }
}
