// SPDX-License-Identifier: Apache-2.0
/** Brokers, Flume homes, agents, guarantees as objects: for tests only. */
@NullMarked
package io.flafka.testing;

import org.jspecify.annotations.NullMarked;
