// SPDX-License-Identifier: Apache-2.0
/** The only place that makes the properties of Kafka clients. */
@NullMarked
package io.flafka.client;

import org.jspecify.annotations.NullMarked;
