// SPDX-License-Identifier: Apache-2.0
/** The torture run: agents under load, faults by a seed, and a verdict about what was promised. */
@NullMarked
package io.flafka.testing.torture;

import org.jspecify.annotations.NullMarked;
