// SPDX-License-Identifier: Apache-2.0
/** An agent file as Flume reads it: its lines, agents and components. */
@NullMarked
package io.flafka.check.agent;

import org.jspecify.annotations.NullMarked;
