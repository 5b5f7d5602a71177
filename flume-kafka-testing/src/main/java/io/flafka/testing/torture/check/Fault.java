// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/**
 * A fault of the run.
 *
 * @param kind what was done, such as {@code kill-agent}
 * @param target to what
 * @param detail more about it, may be empty
 * @param from when it began, in milliseconds
 * @param to when it ended; for a fault without an end, the last moment of the history
 */
public record Fault(String kind, String target, String detail, long from, long to) {}
