// SPDX-License-Identifier: Apache-2.0
/** How a component starts, works on threads of its own, and stops, with nothing left behind. Knows no other package. */
@NullMarked
package io.flafka.lifecycle;

import org.jspecify.annotations.NullMarked;
