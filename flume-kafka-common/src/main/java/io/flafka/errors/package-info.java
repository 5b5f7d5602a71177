// SPDX-License-Identifier: Apache-2.0
/** What becomes of a record that can never pass: one choice, with Kafka Connect's names, for all three components. */
@NullMarked
package io.flafka.errors;

import org.jspecify.annotations.NullMarked;
