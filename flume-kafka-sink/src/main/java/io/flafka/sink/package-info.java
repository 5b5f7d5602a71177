// SPDX-License-Identifier: Apache-2.0
/** The Kafka sink. */
@NullMarked
package io.flafka.sink;

import org.jspecify.annotations.NullMarked;
