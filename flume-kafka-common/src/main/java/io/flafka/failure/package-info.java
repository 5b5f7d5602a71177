// SPDX-License-Identifier: Apache-2.0
/** Failures, sorted once: retry, bad record, fatal. */
@NullMarked
package io.flafka.failure;

import org.jspecify.annotations.NullMarked;
