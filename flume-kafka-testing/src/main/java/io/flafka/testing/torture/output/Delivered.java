// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

/**
 * An event that is in the output.
 *
 * @param time when it was written, in milliseconds
 * @param place the topic or file
 * @param partition the partition; 0 in a file
 * @param offset the offset, or the number of the line
 * @param id what identifies the event
 */
public record Delivered(long time, String place, int partition, long offset, String id) {

    /** Returns the event's key. */
    public String key() {
        return id.contains("-") ? id.substring(0, id.indexOf('-')) : "";
    }

    /** Returns its number among the events of its key. */
    public long seq() {
        return id.contains("-") ? Long.parseLong(id.substring(id.indexOf('-') + 1)) : 0;
    }
}
