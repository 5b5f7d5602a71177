// SPDX-License-Identifier: Apache-2.0
/** A test kit: brokers, Flume homes, agents, and guarantees as objects. For tests only. */
@NullMarked
package io.flafka.testing;

import org.jspecify.annotations.NullMarked;
