// SPDX-License-Identifier: Apache-2.0
/** The Kafka source. */
@NullMarked
package io.flafka.source;

import org.jspecify.annotations.NullMarked;
