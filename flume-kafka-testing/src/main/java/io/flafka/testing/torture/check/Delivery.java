// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/** How often an acknowledged event reaches the output. An event without an acknowledgement may also be missing. */
public enum Delivery {
    /** Once or more; more than once only where the promise has an {@link Excuse}. */
    AT_LEAST_ONCE,
    /** Once, whatever fault there was. */
    EXACTLY_ONCE
}
