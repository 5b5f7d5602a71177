// SPDX-License-Identifier: Apache-2.0
/** The configuration of a component: declares properties, reads and checks the agent file, and reports problems. */
@NullMarked
package io.flafka.config;

import org.jspecify.annotations.NullMarked;
