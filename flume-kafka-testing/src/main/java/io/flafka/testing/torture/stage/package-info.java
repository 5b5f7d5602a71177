// SPDX-License-Identifier: Apache-2.0
/** The stage of a torture run: brokers, agents, and the network between them. */
@NullMarked
package io.flafka.testing.torture.stage;

import org.jspecify.annotations.NullMarked;
