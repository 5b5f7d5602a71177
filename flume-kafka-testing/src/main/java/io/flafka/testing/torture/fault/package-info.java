// SPDX-License-Identifier: Apache-2.0
/** The faults of a torture run, and the nemesis that draws them by a seed. */
@NullMarked
package io.flafka.testing.torture.fault;

import org.jspecify.annotations.NullMarked;
