// SPDX-License-Identifier: Apache-2.0
/** Decides where partitions are read from, and commits their offsets. */
@NullMarked
package io.flafka.consume.offsets;

import org.jspecify.annotations.NullMarked;
