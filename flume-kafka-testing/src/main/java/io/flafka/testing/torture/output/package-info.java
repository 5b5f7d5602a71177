// SPDX-License-Identifier: Apache-2.0
/** Reads what a pipeline has delivered. */
@NullMarked
package io.flafka.testing.torture.output;

import org.jspecify.annotations.NullMarked;
