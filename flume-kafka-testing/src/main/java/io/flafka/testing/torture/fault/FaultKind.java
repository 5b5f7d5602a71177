// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.fault;

import java.util.Random;

/** A kind of fault. It draws its target and its duration. For one thread. */
@FunctionalInterface
interface FaultKind {

    /** Draws a fault. */
    Fault draw(Random random);
}
