// SPDX-License-Identifier: Apache-2.0
/**
 * The soak run: an agent under load for a long time, whose memory, threads and file descriptors must not grow. {@code
 * Soak} is the entry; {@code examples/torture/soak.sh} starts it.
 */
@NullMarked
package io.flafka.testing.torture.soak;

import org.jspecify.annotations.NullMarked;
