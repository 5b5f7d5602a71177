// SPDX-License-Identifier: Apache-2.0
/** Where partitions are read from, and how their offsets are committed. */
@NullMarked
package io.flafka.consume.offsets;

import org.jspecify.annotations.NullMarked;
