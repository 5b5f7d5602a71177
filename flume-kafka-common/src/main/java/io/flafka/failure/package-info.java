// SPDX-License-Identifier: Apache-2.0
/** Sorts failures (retry, bad record, fatal) and explains them to the operator. */
@NullMarked
package io.flafka.failure;

import org.jspecify.annotations.NullMarked;
