// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/**
 * Where a record lies: a partition of a topic, or a file, which is partition 0 of itself.
 *
 * @param name the topic or file
 * @param partition the partition
 */
record Place(String name, int partition) {
    @Override
    public String toString() {
        return name + "-" + partition;
    }
}
